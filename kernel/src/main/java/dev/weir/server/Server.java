package dev.weir.server;

import dev.weir.config.ServerSettings;
import dev.weir.engine.Acceptor;
import dev.weir.engine.LoopSet;
import dev.weir.engine.OverloadGate;
import dev.weir.engine.ProcessDescriptors;
import dev.weir.engine.ServerProfile;
import dev.weir.fault.Errno;
import dev.weir.lifecycle.AcceptPolicy;
import dev.weir.lifecycle.AdmissionPolicy;
import dev.weir.lifecycle.DescriptorPolicy;
import dev.weir.lifecycle.LoopChoice;
import dev.weir.loop.EventLoop;
import dev.weir.transport.Endpoint;
import dev.weir.transport.ListenOptions;
import dev.weir.transport.ListeningSocket;
import dev.weir.transport.TransportException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One server: its addresses and what serves them. Bound by the starting thread. Its acceptors belong to one loop, or, where the system
 * spreads connections over a listening socket for each loop, to all.
 */
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
    private final ListenOptions options;
    private final List<Acceptor> acceptors = new ArrayList<>();

    Server(ServerSettings settings, ServerProfile profile, AcceptPolicies policies, ListenOptions options) {
        this.settings = settings;
        this.profile = profile;
        this.policies = policies;
        this.options = options;
    }

    /** Its name in the configuration. */
    public String name() {
        return settings.name();
    }

    /** Where it listens: the addresses as configured before the start, the real ones after it. Any thread. */
    public List<Endpoint> addresses() {
        return acceptors.isEmpty()
                ? settings.listen()
                : acceptors.stream().map(Acceptor::localAddress).distinct().toList();
    }

    /** Its numbers. */
    public dev.weir.engine.ServerMetrics metrics() {
        return profile.metrics();
    }

    ServerSettings settings() {
        return settings;
    }

    /**
     * Binds every address, on the pollers of loops that do not turn yet. What fails is added to {@code failures}.
     *
     * @param owner the loop that listens, where not each does
     */
    void bind(
            EventLoop owner,
            LoopSet loops,
            ProcessDescriptors process,
            OverloadGate gate,
            AtomicLong ids,
            List<String> failures) {
        for (Endpoint address : settings.listen()) {
            Endpoint wanted = address;
            for (EventLoop loop : hasSocketOnEachLoop(address) ? loops.loops() : List.of(owner)) {
                try {
                    // Before the socket is there: a plugin makes it, and may throw.
                    LoopChoice choice = policies.loopChoice.create();
                    ListeningSocket socket = loop.poller().bind(wanted, options);
                    // Where the first was given a free port, the others are to have the same.
                    wanted = socket.localAddress();
                    if (wanted instanceof Endpoint.Unix(var path)) {
                        applyTo(path, failures);
                    }
                    var asked =
                            new Acceptor.Policies(policies.accept, choice, policies.admission, policies.descriptors);
                    Endpoint same = wanted;
                    acceptors.add(new Acceptor(
                            loop,
                            socket,
                            () -> bindAgain(loop, same, options),
                            profile,
                            asked,
                            loops,
                            process,
                            gate,
                            ids));
                } catch (TransportException e) {
                    failures.add(failure(e));
                    break;
                }
            }
        }
    }

    private boolean hasSocketOnEachLoop(Endpoint address) {
        return settings.socket().reusePort() && address instanceof Endpoint.Inet;
    }

    /** Whether each loop has a listening socket of it, and not one loop all of them. */
    boolean listensOnEachLoop() {
        return settings.listen().stream().anyMatch(this::hasSocketOnEachLoop);
    }

    /** How many listening sockets it has where there are so many loops. */
    long sockets(int loops) {
        return settings.listen().stream()
                .mapToLong(address -> hasSocketOnEachLoop(address) ? loops : 1)
                .sum();
    }

    private ListeningSocket bindAgain(EventLoop loop, Endpoint address, ListenOptions options)
            throws TransportException {
        ListeningSocket socket = loop.poller().bind(address, options);
        try {
            if (address instanceof Endpoint.Unix(var path)) {
                UnixFile.apply(settings.socket().unixFile(), path);
            }
            return socket;
        } catch (IOException e) {
            socket.close();
            throw new TransportException(Errno.of(e), String.valueOf(e.getMessage()));
        }
    }

    private void applyTo(Path path, List<String> failures) {
        try {
            UnixFile.apply(settings.socket().unixFile(), path);
        } catch (IOException e) {
            failures.add("server " + name() + ": " + e.getMessage() + ".");
        }
    }

    /** The loops that listen for it. */
    Stream<EventLoop> listeningLoops() {
        return acceptors.stream().map(Acceptor::loop);
    }

    /** Begins to listen, on the loops. The result is the failures. */
    CompletableFuture<List<String>> listen() {
        return onLoops(acceptor -> {
            try {
                acceptor.start();
                return List.of();
            } catch (TransportException e) {
                return List.of(failure(e));
            }
        });
    }

    /**
     * Takes what the accept queues hold and closes the listening sockets, at once or when there are places and descriptors.
     *
     * @param beyondCap places for connections are not waited for
     * @return done when no connection can come any more
     */
    CompletableFuture<Void> stopAccepting(boolean beyondCap) {
        List<CompletableFuture<Void>> closed = new ArrayList<>();
        for (Acceptor acceptor : acceptors) {
            CompletableFuture<Void> here = new CompletableFuture<>();
            closed.add(here);
            acceptor.loop().execute(() -> acceptor.drain(beyondCap, () -> here.complete(null)));
        }
        return CompletableFuture.allOf(closed.toArray(CompletableFuture[]::new));
    }

    /** Closes the listening sockets of one loop, on it or before it turns. */
    void close(EventLoop loop) {
        acceptors.stream().filter(acceptor -> acceptor.loop().equals(loop)).forEach(Acceptor::close);
    }

    /** Does this with each acceptor on its loop; the result is all that they answer. */
    private CompletableFuture<List<String>> onLoops(Function<Acceptor, List<String>> work) {
        CompletableFuture<List<String>> all = CompletableFuture.completedFuture(List.of());
        for (Acceptor acceptor : acceptors) {
            CompletableFuture<List<String>> one = new CompletableFuture<>();
            acceptor.loop().execute(() -> one.complete(work.apply(acceptor)));
            all = all.thenCombine(
                    one,
                    (before, here) ->
                            Stream.concat(before.stream(), here.stream()).toList());
        }
        return all;
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
