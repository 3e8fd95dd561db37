package dev.weir.engine;

import dev.weir.connection.ConnectionState;
import dev.weir.fault.CloseReason;
import dev.weir.lifecycle.DeadlinePolicy;
import dev.weir.lifecycle.HeartbeatPolicy;
import dev.weir.lifecycle.Verdict;
import dev.weir.loop.WheelTimer;
import dev.weir.protocol.Pings;
import java.util.List;
import java.util.Optional;

/**
 * Asks the heartbeat and deadline policies about one connection, by one lazy timer, which it is itself: stamps are compared when it
 * fires. A policy that throws ends its connection and harms no other.
 */
final class Watch extends WheelTimer {
    private final SocketConnection connection;
    /** Null where the protocol cannot ask its peer. */
    private Pinging pinging;

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
        connection.loop().cancel(this);
    }

    @Override
    protected void expired() {
        look();
    }

    /**
     * Asks the policies, and does what they want. Only they are called as a plugin's code: messages that are read meanwhile are each a
     * call of their own, after which a switch of the protocol or the end of a short connection takes hold.
     */
    void look() {
        if (!isOpen()) {
            return;
        }
        Answers answers = ask();
        if (answers.wanted != null) {
            // Nobody is called silent while bytes of his lie unread.
            connection.reading().readPending();
            answers = isOpen() ? ask() : new Answers();
        }
        if (answers.drain != null && isOpen()) {
            connection.closing().drain(answers.drain);
        }
        switch (answers.wanted) {
            case Verdict.CloseNow close
            when close.force() -> connection.closing().endAtOnce(close.reason());
            case Verdict.CloseNow close -> connection.closing().close(close.reason());
            case Verdict.Ping ping when pinging != null && isOpen() -> connection.call(pinging::send);
            case null, default -> {
                // All is well, or it is over.
            }
        }
        if (isOpen() && answers.nextNanos < Long.MAX_VALUE) {
            connection.loop().start(this, answers.nextNanos);
        }
    }

    private boolean isOpen() {
        return connection.state() == ConnectionState.OPEN || connection.state() == ConnectionState.HALF_CLOSED;
    }

    @SuppressWarnings("CatchingUnchecked") // The border between Weir's code and a plugin's.
    private Answers ask() {
        Answers answers = new Answers();
        connection.enter();
        try {
            askAll(answers);
            return answers;
        } catch (Throwable thrown) {
            connection.threw(thrown);
            return new Answers();
        } finally {
            connection.leave();
        }
    }

    /** What the policies have answered together. Made for each look, so that a connection keeps nothing of it. */
    private static final class Answers {
        /** What is to be done at once; null when nothing is. */
        private Verdict wanted;
        /** Why a policy wants the connection to end once nothing is in flight; null when none does. */
        private CloseReason drain;
        /** In how many nanoseconds a policy wants to be asked again; {@link Long#MAX_VALUE}: never. */
        private long nextNanos = Long.MAX_VALUE;

        private void askAgainIn(long nanos) {
            nextNanos = Math.min(nextNanos, nanos);
        }
    }

    /** Asks every policy; the first that wants to close has its way, before any that wants to ping. */
    private void askAll(Answers answers) {
        long now = connection.nanoTime();
        List<HeartbeatPolicy> heartbeats = connection.profile().heartbeats();
        List<DeadlinePolicy> deadlines = connection.profile().deadlines();
        for (int i = 0; i < heartbeats.size() + deadlines.size(); i++) {
            Verdict verdict = i < heartbeats.size()
                    ? heartbeats.get(i).check(connection, now)
                    : deadlines.get(i - heartbeats.size()).check(connection, now);
            switch (verdict) {
                case Verdict.LookAgain(var nanos) -> answers.askAgainIn(nanos);
                case Verdict.CountAnew(var nanos) -> {
                    connection.writing().countAnew(now);
                    connection.reading().countAnew(now);
                    answers.askAgainIn(nanos);
                }
                case Verdict.Ping ping -> {
                    answers.wanted = ping;
                    answers.askAgainIn(ping.nanos());
                }
                case Verdict.Drain(var reason, var nanos) -> {
                    answers.drain = reason;
                    answers.askAgainIn(nanos);
                }
                case Verdict.CloseNow close -> {
                    answers.drain = null;
                    answers.wanted = close;
                    return;
                }
            }
        }
    }
}
