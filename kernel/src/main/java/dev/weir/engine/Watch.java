package dev.weir.engine;

import dev.weir.connection.ConnectionState;
import dev.weir.lifecycle.DeadlinePolicy;
import dev.weir.lifecycle.HeartbeatPolicy;
import dev.weir.lifecycle.Verdict;
import dev.weir.protocol.Pings;
import dev.weir.time.Timer;
import java.util.List;
import java.util.Optional;

/**
 * Asks the heartbeat and deadline policies about one connection, by one lazy timer: stamps are compared when it fires. A policy that
 * throws ends its connection and harms no other.
 */
final class Watch {
    private final SocketConnection connection;
    private Timer timer;
    /** Null where the protocol cannot ask its peer. */
    private Pinging pinging;
    /** In how many nanoseconds a policy wants to be asked again; {@link Long#MAX_VALUE}: never. */
    private long next;

    Watch(SocketConnection connection) {
        this.connection = connection;
    }

    /** From now on pings are these, and none of those before counts. */
    void pingBy(Optional<Pings<Object, Object>> pings) {
        pinging = pings.isEmpty() ? null : new Pinging(connection, pings.get());
    }

    /** True for a message that is kept from the handler. */
    boolean isPong(Object message) {
        return pinging != null && pinging.isPong(message);
    }

    long lastPingNanos() {
        return pinging == null ? connection.openedNanos() : pinging.lastNanos();
    }

    int pingsUnanswered() {
        return pinging == null ? 0 : pinging.unanswered();
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
        Verdict wanted = ask();
        if (wanted != null) {
            // Nobody is called silent while bytes of his lie unread.
            connection.reading().readPending();
            wanted = isOpen() ? ask() : null;
        }
        switch (wanted) {
            case Verdict.CloseNow close
            when close.force() -> connection.closing().force(close.reason());
            case Verdict.CloseNow close -> connection.closing().close(close.reason());
            case Verdict.Ping ping when pinging != null -> pinging.send();
            case null, default -> {
                // All is well, or it is over.
            }
        }
        if (isOpen() && next < Long.MAX_VALUE) {
            timer = connection.loop().scheduleNanos(next, this::look);
        }
    }

    private boolean isOpen() {
        return connection.state() == ConnectionState.OPEN || connection.state() == ConnectionState.HALF_CLOSED;
    }

    /**
     * Asks every policy; the first that wants to close has its way, before any that wants to ping. Null when there is nothing to do.
     * Sets {@link #next}.
     */
    private Verdict ask() {
        long now = connection.nanoTime();
        next = Long.MAX_VALUE;
        Verdict wanted = null;
        List<HeartbeatPolicy> heartbeats = connection.profile().heartbeats();
        List<DeadlinePolicy> deadlines = connection.profile().deadlines();
        for (int i = 0; i < heartbeats.size() + deadlines.size(); i++) {
            Verdict verdict = i < heartbeats.size()
                    ? heartbeats.get(i).check(connection, now)
                    : deadlines.get(i - heartbeats.size()).check(connection, now);
            switch (verdict) {
                case Verdict.LookAgain(var nanos) -> next = Math.min(next, nanos);
                case Verdict.Ping ping -> {
                    wanted = ping;
                    next = Math.min(next, ping.nanos());
                }
                case Verdict.Drain(var reason, var nanos) -> {
                    connection.closing().drain(reason);
                    next = Math.min(next, nanos);
                }
                case Verdict.CloseNow close -> {
                    return close;
                }
            }
        }
        return wanted;
    }
}
