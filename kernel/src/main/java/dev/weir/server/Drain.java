package dev.weir.server;

import dev.weir.engine.LoopConnections;
import dev.weir.engine.LoopSet;
import dev.weir.fault.CloseReason;
import dev.weir.fault.CloseReason.Cause;
import dev.weir.loop.EventLoop;
import dev.weir.time.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends service without losing what is in flight: takes what the accept queues hold, stops accepting, lets every connection finish, and
 * after a deadline ends what is left. Begun by any thread; its steps run on the loops.
 */
final class Drain {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    private final List<Server> servers;
    private final LoopSet loops;
    private final Duration deadline;

    Drain(List<Server> servers, LoopSet loops, Duration deadline) {
        this.servers = servers;
        this.loops = loops;
        this.deadline = deadline;
    }

    /** Begins. The result is done when no connection is left. */
    CompletableFuture<Void> begin() {
        long open =
                servers.stream().mapToLong(server -> server.metrics().open()).sum();
        LOG.info("draining: {} connections open, deadline {} ms", open, deadline.toMillis());
        CompletableFuture<?>[] closed =
                servers.stream().map(Server::stopAccepting).toArray(CompletableFuture[]::new);
        // A connection that was accepted last is on its way through a mailbox; what follows it there finds it open.
        return CompletableFuture.allOf(closed).thenCompose(accepted -> drainConnections());
    }

    private CompletableFuture<Void> drainConnections() {
        List<CompletableFuture<Void>> empty = new ArrayList<>();
        for (int i = 0; i < loops.loops().size(); i++) {
            EventLoop loop = loops.loops().get(i);
            LoopConnections connections = loops.connections().get(i);
            CompletableFuture<Void> none = new CompletableFuture<>();
            empty.add(none);
            loop.execute(() -> drain(loop, connections, none));
        }
        return CompletableFuture.allOf(empty.toArray(CompletableFuture[]::new));
    }

    private void drain(EventLoop loop, LoopConnections connections, CompletableFuture<Void> none) {
        Timer limit = loop.schedule(deadline, () -> {
            LOG.warn(
                    "the drain's deadline has passed: {} connections are ended, {} with work in flight",
                    connections.open(),
                    connections.inFlight());
            connections.force(CloseReason.of(Cause.DRAIN_DEADLINE));
        });
        connections.drain(CloseReason.of(Cause.DRAINED));
        connections.onceEmpty(() -> {
            limit.cancel();
            none.complete(null);
        });
    }
}
