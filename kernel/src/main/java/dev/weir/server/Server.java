package dev.weir.server;

import dev.weir.config.ServerSettings;
import dev.weir.engine.Acceptor;
import dev.weir.engine.ConnectionBudget;
import dev.weir.engine.LoopSet;
import dev.weir.engine.ServerProfile;
import dev.weir.lifecycle.AcceptPolicy;
import dev.weir.lifecycle.AdmissionPolicy;
import dev.weir.lifecycle.DescriptorPolicy;
import dev.weir.lifecycle.LoopChoice;
import dev.weir.loop.EventLoop;
import dev.weir.transport.Endpoint;
import dev.weir.transport.ListenOptions;
import dev.weir.transport.ListeningSocket;
import dev.weir.transport.TransportException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** One server: its addresses and what serves them. Bound by the starting thread; its acceptors belong to one loop. */
public final class Server {

    /**
     * What the acceptors of a server ask.
     *
     * @param accept how many connections a turn
     * @param loopChoice makes the choice of a loop, one for each listener
     * @param admission who may come in
     * @param descriptors what to do when descriptors run out
     */
    record AcceptPolicies(
            AcceptPolicy accept,
            LoopChoice.Supplier loopChoice,
            AdmissionPolicy admission,
            DescriptorPolicy descriptors) {}

    private final ServerSettings settings;
    private final ServerProfile profile;
    private final AcceptPolicies policies;
    private final int backlog;
    private final List<Acceptor> acceptors = new ArrayList<>();
    private EventLoop loop;

    Server(ServerSettings settings, ServerProfile profile, AcceptPolicies policies, int backlog) {
        this.settings = settings;
        this.profile = profile;
        this.policies = policies;
        this.backlog = backlog;
    }

    /** Its name in the configuration. */
    public String name() {
        return settings.name();
    }

    /** Where it listens: the addresses as configured before the start, the real ones after it. Any thread. */
    public List<Endpoint> addresses() {
        return acceptors.isEmpty()
                ? settings.listen()
                : acceptors.stream().map(Acceptor::localAddress).toList();
    }

    /** Its numbers. */
    public dev.weir.engine.ServerMetrics metrics() {
        return profile.metrics();
    }

    ServerSettings settings() {
        return settings;
    }

    /** Binds every address on the poller of a loop that does not turn yet. What fails is added to {@code failures}. */
    void bind(
            EventLoop owner,
            LoopSet loops,
            ConnectionBudget budget,
            AtomicLong ids,
            Runnable exit,
            List<String> failures) {
        loop = owner;
        ListenOptions options = new ListenOptions(backlog, settings.socket().listenOptions());
        for (Endpoint address : settings.listen()) {
            try {
                ListeningSocket socket = owner.poller().bind(address, options);
                var asked = new Acceptor.Policies(
                        policies.accept, policies.loopChoice.create(), policies.admission, policies.descriptors);
                acceptors.add(new Acceptor(owner, socket, profile, asked, loops, budget, ids, exit));
            } catch (TransportException e) {
                failures.add(failure(e));
            }
        }
    }

    /** Begins to listen, on the loop. The result is the failures. */
    CompletableFuture<List<String>> listen() {
        CompletableFuture<List<String>> outcome = new CompletableFuture<>();
        loop.execute(() -> {
            List<String> failures = new ArrayList<>();
            for (Acceptor acceptor : acceptors) {
                try {
                    acceptor.start();
                } catch (TransportException e) {
                    failures.add(failure(e));
                }
            }
            outcome.complete(failures);
        });
        return outcome;
    }

    /** Takes what the accept queues hold and closes the listening sockets. Done when no connection can come any more. */
    CompletableFuture<Void> stopAccepting() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            acceptors.forEach(Acceptor::drain);
            done.complete(null);
        });
        return done;
    }

    /** Closes the listening sockets, on the loop or before it turns. */
    void close() {
        acceptors.forEach(Acceptor::close);
    }

    EventLoop loop() {
        return loop;
    }

    private String failure(TransportException e) {
        String cure = switch (e.errno()) {
            case EADDRINUSE -> "Another process or server has it; stop that one, or choose another port.";
            case EADDRNOTAVAIL -> "No interface of this machine has that address; see: ip addr.";
            case EACCES, EPERM -> "Ports below 1024 need CAP_NET_BIND_SERVICE; a socket file needs a writable folder.";
            case EMFILE, ENFILE -> "There is no file descriptor left; raise the limit (ulimit -n, LimitNOFILE).";
            default -> "";
        };
        return "server " + name() + ": " + e.getMessage() + "." + (cure.isEmpty() ? "" : " " + cure);
    }
}
