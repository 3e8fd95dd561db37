package dev.weir.strategies;

import dev.weir.connection.Connection;
import dev.weir.connection.ConnectionState;
import dev.weir.fault.CloseReason;
import dev.weir.lifecycle.HeartbeatPolicy;
import dev.weir.lifecycle.Surroundings;
import dev.weir.lifecycle.Verdict;
import dev.weir.settings.Settings;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks a silent peer whether it is there, by the protocol's ping, and closes when it says nothing to several in a row. Whatever comes
 * in is an answer. Nobody is asked while reading is paused, for the answer would not be heard: then only a peer is closed that takes
 * nothing of what is queued for it, after the same time. Nothing is held against one that goes on taking, behind which a ping would
 * have to wait; nor against one that has ended its half.
 */
public final class PingHeartbeat implements HeartbeatPolicy {
    private final long everyNanos;
    private final int misses;

    /**
     * A policy.
     *
     * @param every the silence after which a ping is sent, above 0; so long each has for its answer
     * @param misses pings in a row that stay unanswered until the connection is closed, 1 or more
     */
    public PingHeartbeat(Duration every, int misses) {
        this.everyNanos = every.toNanos();
        this.misses = misses;
    }

    /** Reads {@code every} and {@code misses}. */
    public static PingHeartbeat from(Settings settings) {
        return new PingHeartbeat(
                settings.duration("every", Duration.ofMillis(1), Duration.ofDays(1)),
                settings.integer("misses", 1, 1000));
    }

    @Override
    public Optional<Misfit> misfit(Surroundings surroundings) {
        return surroundings.protocol().pings().isPresent()
                ? Optional.empty()
                : Optional.of(new Misfit(
                        "heartbeat ping needs a protocol that has a ping, and the protocol of this server has none.",
                        "Choose heartbeat idle or tcp, or a protocol that has one."));
    }

    @Override
    public Verdict check(Connection connection, long nowNanos) {
        if (connection.state() != ConnectionState.OPEN) {
            return new Verdict.LookAgain(everyNanos);
        }
        if (connection.isReadingPaused()) {
            return checkPaused(connection, nowNanos);
        }
        int unanswered = connection.pingsUnanswered();
        long since = unanswered > 0 ? connection.lastPingNanos() : connection.lastReadNanos();
        if (connection.bytesQueued() > 0 && connection.lastWriteNanos() - since > 0) {
            since = connection.lastWriteNanos();
        }
        long silent = nowNanos - since;
        if (silent < everyNanos) {
            return new Verdict.LookAgain(everyNanos - silent);
        }
        if (unanswered < misses) {
            return new Verdict.Ping(everyNanos);
        }
        String detail = unanswered + " pings unanswered, no byte for "
                + Duration.ofNanos(nowNanos - connection.lastReadNanos()).toMillis() + "ms";
        return new Verdict.CloseNow(CloseReason.of(CloseReason.Cause.UNRESPONSIVE, detail), true);
    }

    private Verdict checkPaused(Connection connection, long nowNanos) {
        if (connection.bytesQueued() == 0) {
            return new Verdict.LookAgain(everyNanos);
        }
        long since =
                later(later(connection.lastWriteNanos(), connection.lastReadNanos()), connection.queuedSinceNanos());
        long stuck = nowNanos - since;
        long most = everyNanos * (misses + 1);
        if (stuck < most) {
            return new Verdict.LookAgain(Math.min(everyNanos, most - stuck));
        }
        String detail = connection.bytesQueued() + " bytes queued, none taken for "
                + Duration.ofNanos(stuck).toMillis() + "ms";
        return new Verdict.CloseNow(CloseReason.of(CloseReason.Cause.UNRESPONSIVE, detail), true);
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }

    @Override
    public String toString() {
        return "ping every " + Duration.ofNanos(everyNanos).toMillis() + "ms, " + misses + " misses";
    }
}
