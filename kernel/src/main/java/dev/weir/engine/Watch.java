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
    /** In how many nanoseconds a policy wants to be asked again; {@link Long#MAX_VALUE}: never. */
    private long next;

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
        Verdict.CloseNow close = ask();
        if (close != null) {
            // Nobody is called silent while bytes of his lie unread.
            connection.reading().readPending();
            close = isOpen() ? ask() : null;
        }
        if (close != null && close.force()) {
            connection.closing().force(close.reason());
        } else if (close != null) {
            connection.closing().close(close.reason());
        } else if (isOpen() && next < Long.MAX_VALUE) {
            timer = connection.loop().scheduleNanos(next, this::look);
        }
    }

    private boolean isOpen() {
        return connection.state() == ConnectionState.OPEN || connection.state() == ConnectionState.HALF_CLOSED;
    }

    /** Asks every policy; the first that wants to close has its way. Else null, and {@link #next} is set. */
    private Verdict.CloseNow ask() {
        long now = connection.loop().now();
        next = Long.MAX_VALUE;
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
        return null;
    }
}
