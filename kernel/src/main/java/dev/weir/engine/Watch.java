package dev.weir.engine;

import dev.weir.connection.ConnectionState;
import dev.weir.lifecycle.DeadlinePolicy;
import dev.weir.lifecycle.HeartbeatPolicy;
import dev.weir.lifecycle.Verdict;
import dev.weir.time.Timer;
import java.util.List;

/**
 * Asks the heartbeat and deadline policies about one connection, by one lazy timer: stamps are compared when it fires. A policy that
 * throws ends its connection and harms no other.
 */
final class Watch {
    private final SocketConnection connection;
    private Timer timer;

    Watch(SocketConnection connection) {
        this.connection = connection;
    }

    void look() {
        connection.call(this::check);
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void check() {
        timer = null;
        if (!isOpen()) {
            return;
        }
        Verdict verdict = verdict();
        if (verdict instanceof Verdict.CloseNow) {
            // Nobody is called silent while bytes of his lie unread.
            connection.reading().readPending();
            verdict = isOpen() ? verdict() : new Verdict.LookAgain(Long.MAX_VALUE);
        }
        if (!isOpen()) {
            return;
        }
        switch (verdict) {
            case Verdict.CloseNow(var reason, var force)
            when force -> connection.closing().force(reason);
            case Verdict.CloseNow(var reason, var force) -> connection.closing().close(reason);
            case Verdict.LookAgain(var nanos)
            when nanos < Long.MAX_VALUE -> timer = connection.loop().scheduleNanos(nanos, this::look);
            case Verdict.Drain drained -> throw new IllegalStateException("was done when the verdict came: " + drained);
            case Verdict.LookAgain never -> {
                // No policy has anything to wait for.
            }
        }
    }

    private boolean isOpen() {
        return connection.state() == ConnectionState.OPEN || connection.state() == ConnectionState.HALF_CLOSED;
    }

    /** Asks every policy; the first that wants to close has its way. */
    private Verdict verdict() {
        long now = connection.loop().now();
        long next = Long.MAX_VALUE;
        List<HeartbeatPolicy> heartbeats = connection.profile().heartbeats();
        List<DeadlinePolicy> deadlines = connection.profile().deadlines();
        for (int i = 0; i < heartbeats.size() + deadlines.size(); i++) {
            Verdict verdict = i < heartbeats.size()
                    ? heartbeats.get(i).check(connection, now)
                    : deadlines.get(i - heartbeats.size()).check(connection, now);
            switch (verdict) {
                case Verdict.LookAgain(var nanos) -> next = Math.min(next, nanos);
                case Verdict.Drain(var reason, var nanos) -> {
                    connection.closing().drain(reason);
                    next = Math.min(next, nanos);
                }
                case Verdict.CloseNow close -> {
                    return close;
                }
            }
        }
        return new Verdict.LookAgain(next);
    }
}
