package dev.weir.engine;

import dev.weir.connection.ConnectionState;
import dev.weir.fault.CloseReason;
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
    /** Why a policy wants the connection to end once nothing is in flight; null when none does. */
    private CloseReason drain;

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

    /** The queue has become empty. */
    void queueEmptied() {
        if (pinging != null) {
            pinging.queueEmptied();
        }
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /**
     * Asks the policies, and does what they want. Only they are called as a plugin's code: messages that are read meanwhile are each a
     * call of their own, after which a switch of the protocol or the end of a short connection takes hold.
     */
    void look() {
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
        if (drain != null && isOpen()) {
            connection.closing().drain(drain);
        }
        switch (wanted) {
            case Verdict.CloseNow close
            when close.force() -> connection.closing().endAtOnce(close.reason());
            case Verdict.CloseNow close -> connection.closing().close(close.reason());
            case Verdict.Ping ping when pinging != null && isOpen() -> connection.call(pinging::send);
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

    @SuppressWarnings("CatchingUnchecked") // The border between Weir's code and a plugin's.
    private Verdict ask() {
        connection.enter();
        try {
            return askAll();
        } catch (Throwable thrown) {
            connection.threw(thrown);
            return null;
        } finally {
            connection.leave();
        }
    }

    /**
     * Asks every policy; the first that wants to close has its way, before any that wants to ping. Null when there is nothing to do.
     * Sets {@link #next} and {@link #drain}.
     */
    private Verdict askAll() {
        long now = connection.nanoTime();
        next = Long.MAX_VALUE;
        drain = null;
        Verdict wanted = null;
        List<HeartbeatPolicy> heartbeats = connection.profile().heartbeats();
        List<DeadlinePolicy> deadlines = connection.profile().deadlines();
        for (int i = 0; i < heartbeats.size() + deadlines.size(); i++) {
            Verdict verdict = i < heartbeats.size()
                    ? heartbeats.get(i).check(connection, now)
                    : deadlines.get(i - heartbeats.size()).check(connection, now);
            switch (verdict) {
                case Verdict.LookAgain(var nanos) -> next = Math.min(next, nanos);
                case Verdict.CountAnew(var nanos) -> {
                    connection.writing().countAnew(now);
                    connection.reading().countAnew(now);
                    next = Math.min(next, nanos);
                }
                case Verdict.Ping ping -> {
                    wanted = ping;
                    next = Math.min(next, ping.nanos());
                }
                case Verdict.Drain(var reason, var nanos) -> {
                    drain = reason;
                    next = Math.min(next, nanos);
                }
                case Verdict.CloseNow close -> {
                    drain = null;
                    return close;
                }
            }
        }
        return wanted;
    }
}
