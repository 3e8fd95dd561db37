package dev.weir.strategies;

import dev.weir.connection.Connection;
import dev.weir.fault.CloseReason;
import dev.weir.lifecycle.HeartbeatPolicy;
import dev.weir.lifecycle.Verdict;
import dev.weir.settings.Settings;
import java.time.Duration;

/**
 * Closes a connection on which no byte has moved for a time. Bytes count, not messages: a slow download is not idle. Nor is it idle
 * while the protocol works for it and owes it nothing yet; but a peer that does not take what is queued for it is.
 */
public final class IdleTimeout implements HeartbeatPolicy {

    /** Which way bytes must move to count. */
    public enum Watch {
        /** Either way. */
        ANY,
        /** From the peer. */
        READ,
        /** To the peer. */
        WRITE
    }

    private final long timeoutNanos;
    private final Watch watch;

    /** A policy with this timeout, which is above 0. */
    public IdleTimeout(Duration timeout, Watch watch) {
        this.timeoutNanos = timeout.toNanos();
        this.watch = watch;
    }

    /** Reads {@code timeout} and {@code watch}. */
    public static IdleTimeout from(Settings settings) {
        return new IdleTimeout(
                settings.duration("timeout", Duration.ofMillis(1), Duration.ofDays(365)),
                settings.oneOf("watch", Watch.class));
    }

    @Override
    public Verdict check(Connection connection, long nowNanos) {
        if (isWaiting(connection) && connection.bytesQueued() == 0) {
            return new Verdict.LookAgain(timeoutNanos);
        }
        long silent = nowNanos - lastProgress(connection);
        if (silent < timeoutNanos) {
            return new Verdict.LookAgain(timeoutNanos - silent);
        }
        String detail = "no byte for " + Duration.ofNanos(silent).toMillis() + "ms";
        return new Verdict.CloseNow(CloseReason.of(CloseReason.Cause.IDLE, detail), false);
    }

    /**
     * The peer waits for us; but one that stands still within its request does not, though the reply to that is owed already. What we
     * do not read nobody stands still in.
     */
    private static boolean isWaiting(Connection connection) {
        boolean isItsTurn = connection.isReceiving() && !connection.isReadingPaused();
        return connection.holds() > 0 || (connection.isAtWork() && !isItsTurn);
    }

    private long lastProgress(Connection connection) {
        return switch (watch) {
            case READ -> connection.lastReadNanos();
            case WRITE -> connection.lastWriteNanos();
            case ANY -> {
                long read = connection.lastReadNanos();
                long write = connection.lastWriteNanos();
                yield read - write > 0 ? read : write;
            }
        };
    }

    @Override
    public String toString() {
        return "idle after " + Duration.ofNanos(timeoutNanos).toMillis() + "ms";
    }
}
