package dev.weir.strategies;

import dev.weir.connection.Connection;
import dev.weir.connection.ConnectionState;
import dev.weir.fault.CloseReason;
import dev.weir.lifecycle.DeadlinePolicy;
import dev.weir.lifecycle.Verdict;
import dev.weir.settings.Settings;
import java.time.Duration;
import java.util.Optional;

/**
 * Bounds the time to the first byte, the time that one message may take to arrive and the time half-closed; a connection of a certain age ends as soon as
 * nothing of it is in flight.
 */
public final class PhaseDeadlines implements DeadlinePolicy {
    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration MOST = Duration.ofDays(365);

    private final Optional<Duration> firstByte;
    private final Optional<Duration> message;
    private final Optional<Duration> halfClosed;
    private final Optional<Duration> maxAge;

    /** Each is empty when it does not apply. */
    public PhaseDeadlines(
            Optional<Duration> firstByte,
            Optional<Duration> message,
            Optional<Duration> halfClosed,
            Optional<Duration> maxAge) {
        this.firstByte = firstByte;
        this.message = message;
        this.halfClosed = halfClosed;
        this.maxAge = maxAge;
    }

    /** Reads {@code first-byte}, {@code message}, {@code half-closed} and {@code max-age}. */
    public static PhaseDeadlines from(Settings settings) {
        return new PhaseDeadlines(
                settings.durationOrOff("first-byte", LEAST, MOST),
                settings.durationOrOff("message", LEAST, MOST),
                settings.durationOrOff("half-closed", LEAST, MOST),
                settings.durationOrOff("max-age", LEAST, MOST));
    }

    @Override
    public Verdict check(Connection connection, long nowNanos) {
        long next = Long.MAX_VALUE;
        if (firstByte.isPresent() && connection.bytesReceived() == 0) {
            long left = firstByte.get().toNanos() - (nowNanos - connection.openedNanos());
            if (left <= 0 && connection.bytesSent() == 0 && connection.bytesQueued() == 0) {
                return tooLong("first-byte", firstByte.get());
            }
            next = Math.min(next, left <= 0 ? firstByte.get().toNanos() : left);
        }
        if (message.isPresent()) {
            boolean waiting = connection.undecodedBytes() > 0 && !connection.isReadingPaused();
            long left = waiting
                    ? message.get().toNanos() - (nowNanos - connection.undecodedSinceNanos())
                    : message.get().toNanos();
            if (left <= 0) {
                return tooLong("message", message.get());
            }
            next = Math.min(next, left);
        }
        if (halfClosed.isPresent()) {
            long limit = halfClosed.get().toNanos();
            boolean isHalfClosed = connection.state() == ConnectionState.HALF_CLOSED;
            long left = isHalfClosed ? limit - (nowNanos - connection.halfClosedSinceNanos()) : limit;
            if (left <= 0) {
                // The peer may still read: it gets what is queued, and the end.
                return new Verdict.CloseNow(reason("half-closed", halfClosed.get()), false);
            }
            next = Math.min(next, left);
        }
        if (maxAge.isPresent()) {
            long left = maxAge.get().toNanos() - (nowNanos - connection.openedNanos());
            if (left <= 0) {
                return new Verdict.Drain(reason("max-age", maxAge.get()), next);
            }
            next = Math.min(next, left);
        }
        return new Verdict.LookAgain(next);
    }

    private static Verdict tooLong(String which, Duration limit) {
        return new Verdict.CloseNow(reason(which, limit), true);
    }

    private static CloseReason reason(String which, Duration limit) {
        return CloseReason.of(CloseReason.Cause.DEADLINE, which + " deadline of " + limit.toMillis() + "ms");
    }

    @Override
    public String toString() {
        return "first-byte " + text(firstByte) + ", message " + text(message) + ", half-closed " + text(halfClosed)
                + ", max-age " + text(maxAge);
    }

    private static String text(Optional<Duration> limit) {
        return limit.map(d -> d.toMillis() + "ms").orElse("off");
    }
}
