package dev.weir.server;

import dev.weir.config.DrainSettings;
import dev.weir.engine.LoopConnections;
import dev.weir.engine.ServerMetrics;
import dev.weir.engine.Unfinished;
import dev.weir.fault.CloseReason;
import dev.weir.fault.CloseReason.Cause;
import dev.weir.loop.EventLoop;
import dev.weir.time.Timer;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a drain does on one loop: tells the connections to end, the idle ones first, and ends them at the deadline. Owned by the loop. */
final class LoopDrain {
    private static final Logger LOG = LoggerFactory.getLogger(LoopDrain.class);
    private static final CloseReason DRAINED = CloseReason.of(Cause.DRAINED);

    /** A spread goes in so many steps at the most: enough to be smooth, and each looks at all connections. */
    private static final int MOST_STEPS = 50;

    private final EventLoop loop;
    private final LoopConnections connections;
    private final Collection<ServerMetrics> servers;
    private final DrainSettings settings;
    private final Runnable stopListening;
    private final CompletableFuture<Void> none = new CompletableFuture<>();
    private int steps;
    private int stepsDone;
    private long startNanos;
    private boolean overdue;
    private Timer limit;
    private Timer nextStep;

    /** @param stopListening closes the listening sockets of the loop */
    LoopDrain(
            EventLoop loop,
            LoopConnections connections,
            Collection<ServerMetrics> servers,
            DrainSettings settings,
            Runnable stopListening) {
        this.loop = loop;
        this.connections = connections;
        this.servers = servers;
        this.settings = settings;
        this.stopListening = stopListening;
    }

    /** Done when no connection is left. Any thread. */
    CompletableFuture<Void> none() {
        return none;
    }

    void begin() {
        limit = loop.schedule(settings.deadline(), this::giveUp);
        startNanos = loop.clock().nanoTime();
        steps = settings.spread().isZero() ? 1 : Math.clamp(connections.undrained(servers), 1, MOST_STEPS);
        step();
    }

    private void step() {
        nextStep = null;
        long undrained = connections.undrained(servers);
        connections.drain(servers, DRAINED, Math.ceilDiv(undrained, steps - stepsDone));
        stepsDone++;
        if (stepsDone < steps) {
            long due = startNanos + settings.spread().toNanos() / steps * stepsDone;
            nextStep = loop.scheduleNanos(due - loop.clock().nanoTime(), this::step);
        } else {
            // Others may wait for the descriptors of those that are let in last.
            connections.drainNewcomers(servers, DRAINED);
        }
    }

    /** The listening sockets are closed, and what they have accepted is here. */
    void noMoreCome() {
        if (overdue) {
            connections.force(servers, CloseReason.of(Cause.DRAIN_DEADLINE));
        }
        connections.onceNone(servers, this::end);
    }

    private void giveUp() {
        overdue = true;
        stopListening.run();
        Unfinished left = connections.unfinished(servers);
        if (left.connections() > 0) {
            LOG.warn("the drain's deadline has passed on event loop {}, which ends {}", loop.index(), left);
        }
        connections.force(servers, CloseReason.of(Cause.DRAIN_DEADLINE));
    }

    private void end() {
        limit.cancel();
        if (nextStep != null) {
            nextStep.cancel();
        }
        // Not here: the connection that ended last has not told its protocol yet.
        if (!loop.execute(() -> none.complete(null))) {
            none.complete(null);
        }
    }
}
