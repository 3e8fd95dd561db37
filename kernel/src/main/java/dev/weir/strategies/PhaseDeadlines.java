package dev.weir.strategies;

import dev.weir.connection.Connection;
import dev.weir.connection.ConnectionState;
import dev.weir.fault.CloseReason;
import dev.weir.lifecycle.DeadlinePolicy;
import dev.weir.lifecycle.Verdict;
import dev.weir.settings.ByteSize;
import dev.weir.settings.Settings;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Bounds the time to the first byte, the time that one frame may take to arrive, the time in a phase that the protocol has named, and
 * the time half-closed; demands that bytes move at a least rate; ends a connection of a certain age as soon as nothing of it is in
 * flight.
 */
public final class PhaseDeadlines implements DeadlinePolicy {
    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration MOST = Duration.ofDays(365);
    private static final long NEVER = Long.MAX_VALUE;
    /** How long a connection that is due, but not read from, is left alone: a pause at the wrong moment is to excuse nobody for long. */
    private static final long PAUSED = 1_000_000_000;
    /** To see about the age, for one answer says one thing. */
    private static final long SOON = 1_000_000;

    /**
     * The limits. Each is empty when it does not apply.
     *
     * @param firstByte from open to the first byte
     * @param frame from the first byte of a frame to its last
     * @param byPhase how long each phase may last that {@code Session.phase} names
     * @param minRate how fast a frame must come in, and a queue go out
     * @param halfClosed after the peer has ended its half
     * @param maxAge in all
     */
    public record Limits(
            Optional<Duration> firstByte,
            Optional<Duration> frame,
            Map<String, Duration> byPhase,
            Optional<MinRate> minRate,
            Optional<Duration> halfClosed,
            Optional<MaxAge> maxAge) {

        /** Copies the map. */
        public Limits {
            byPhase = Map.copyOf(byPhase);
        }
    }

    private final Limits limits;
    /** A phase of which nobody tells is found in time by looking this often. */
    private final long shortestPhaseNanos;

    /** A policy with these limits. */
    public PhaseDeadlines(Limits limits) {
        this.limits = limits;
        this.shortestPhaseNanos = limits.byPhase().isEmpty()
                ? NEVER
                : Collections.min(limits.byPhase().values()).toNanos();
    }

    /**
     * Reads {@code first-byte}, {@code frame}, {@code by-phase}, {@code min-rate}, {@code min-rate-grace}, {@code half-closed}, {@code
     * max-age} and {@code max-age-jitter}.
     */
    public static PhaseDeadlines from(Settings settings) {
        Duration grace = settings.duration("min-rate-grace", LEAST, MOST);
        int jitter = settings.integer("max-age-jitter", 0, 100);
        Map<String, Duration> byPhase = new HashMap<>();
        Settings phases = settings.block("by-phase");
        for (String phase : phases.names()) {
            phases.durationOrOff(phase, LEAST, MOST).ifPresent(limit -> byPhase.put(phase, limit));
        }
        return new PhaseDeadlines(new Limits(
                settings.durationOrOff("first-byte", LEAST, MOST),
                settings.durationOrOff("frame", LEAST, MOST),
                byPhase,
                settings.sizeOrOff("min-rate", ByteSize.of(1), ByteSize.ofMiB(1024))
                        .map(rate -> new MinRate(rate.bytes(), grace)),
                settings.durationOrOff("half-closed", LEAST, MOST),
                settings.durationOrOff("max-age", LEAST, MOST).map(most -> new MaxAge(most, jitter))));
    }

    @Override
    public Verdict check(Connection connection, long nowNanos) {
        long firstByte = firstByteLeft(connection, nowNanos);
        if (firstByte <= 0) {
            return tooLong("first-byte", limits.firstByte().orElseThrow());
        }
        long frame = frameLeft(connection, nowNanos);
        if (frame <= 0) {
            return tooLong("frame", limits.frame().orElseThrow());
        }
        long receiving = receivingLeft(connection, nowNanos);
        if (receiving <= 0) {
            return tooSlow(connection.receivingBytes(), "received", nowNanos - connection.receivingSinceNanos());
        }
        long sending = sendingLeft(connection, nowNanos);
        if (sending <= 0) {
            return tooSlow(connection.bytesSentSinceQueued(), "taken", nowNanos - connection.queuedSinceNanos());
        }
        long phase = phaseLeft(connection, nowNanos);
        if (phase <= 0) {
            String name = connection.protocolPhase();
            return new Verdict.CloseNow(reason("phase " + name, limits.byPhase().get(name)), false);
        }
        long halfClosed = halfClosedLeft(connection, nowNanos);
        if (halfClosed <= 0) {
            // The peer may still read: it gets what is queued, and the end.
            return new Verdict.CloseNow(
                    reason("half-closed", limits.halfClosed().orElseThrow()), false);
        }
        long next = Math.min(Math.min(firstByte, frame), Math.min(receiving, sending));
        next = Math.min(next, Math.min(phase, halfClosed));
        if (isSendingJudged(connection, nowNanos) || isReceivingJudged(connection, nowNanos)) {
            return new Verdict.CountAnew(limits.maxAge().isEmpty() ? next : Math.min(next, SOON));
        }
        if (limits.maxAge().isEmpty()) {
            return new Verdict.LookAgain(next);
        }
        Duration age = limits.maxAge().get().of(connection.id());
        long left = age.toNanos() - (nowNanos - connection.openedNanos());
        return left <= 0
                ? new Verdict.Drain(reason("max-age", age), next)
                : new Verdict.LookAgain(Math.min(next, left));
    }

    private long firstByteLeft(Connection connection, long nowNanos) {
        if (limits.firstByte().isEmpty() || connection.bytesReceived() > 0) {
            return NEVER;
        }
        long limit = limits.firstByte().get().toNanos();
        long left = limit - (nowNanos - connection.openedNanos());
        boolean serverSpeaks = connection.bytesSent() > 0 || connection.bytesQueued() > 0;
        return left <= 0 && serverSpeaks ? limit : left;
    }

    private long frameLeft(Connection connection, long nowNanos) {
        if (limits.frame().isEmpty()) {
            return NEVER;
        }
        long limit = limits.frame().get().toNanos();
        return connection.isReceiving()
                ? orLater(connection, limit - (nowNanos - connection.undecodedSinceNanos()), limit)
                : limit;
    }

    private long receivingLeft(Connection connection, long nowNanos) {
        if (limits.minRate().isEmpty()) {
            return NEVER;
        }
        MinRate rate = limits.minRate().get();
        long grace = rate.grace().toNanos();
        long elapsed = nowNanos - connection.receivingSinceNanos();
        return connection.isReceiving()
                ? orLater(connection, rate.nanosToJudgement(connection.receivingBytes(), elapsed), grace)
                : grace;
    }

    private long sendingLeft(Connection connection, long nowNanos) {
        if (limits.minRate().isEmpty()) {
            return NEVER;
        }
        MinRate rate = limits.minRate().get();
        return connection.bytesQueued() > 0
                ? rate.nanosToJudgement(connection.bytesSentSinceQueued(), nowNanos - connection.queuedSinceNanos())
                : rate.grace().toNanos();
    }

    /** True when what came in was enough for the time of grace: it is no credit for later. */
    private boolean isReceivingJudged(Connection connection, long nowNanos) {
        return limits.minRate().isPresent()
                && connection.isReceiving()
                && !connection.isReadingPaused()
                && nowNanos - connection.receivingSinceNanos()
                        >= limits.minRate().get().grace().toNanos();
    }

    /** The same of what was sent. */
    private boolean isSendingJudged(Connection connection, long nowNanos) {
        return limits.minRate().isPresent()
                && connection.bytesQueued() > 0
                && nowNanos - connection.queuedSinceNanos()
                        >= limits.minRate().get().grace().toNanos();
    }

    private long phaseLeft(Connection connection, long nowNanos) {
        Duration limit = limits.byPhase().get(connection.protocolPhase());
        return limit == null
                ? shortestPhaseNanos
                : Math.min(shortestPhaseNanos, limit.toNanos() - (nowNanos - connection.protocolPhaseSinceNanos()));
    }

    private long halfClosedLeft(Connection connection, long nowNanos) {
        if (limits.halfClosed().isEmpty()) {
            return NEVER;
        }
        long limit = limits.halfClosed().get().toNanos();
        return connection.state() == ConnectionState.HALF_CLOSED
                ? limit - (nowNanos - connection.halfClosedSinceNanos())
                : limit;
    }

    /** What nobody reads now is not late, but may be so soon after. */
    private static long orLater(Connection connection, long left, long limit) {
        return connection.isReadingPaused() ? Math.min(limit, Math.max(left, PAUSED)) : left;
    }

    private static Verdict tooLong(String which, Duration limit) {
        return new Verdict.CloseNow(reason(which, limit), true);
    }

    private Verdict tooSlow(long bytes, String what, long elapsedNanos) {
        String detail = "min-rate of " + limits.minRate().orElseThrow().bytesPerSecond() + " bytes/s: " + bytes
                + " bytes " + what + " in " + Duration.ofNanos(elapsedNanos).toMillis() + "ms";
        return new Verdict.CloseNow(CloseReason.of(CloseReason.Cause.DEADLINE, detail), true);
    }

    private static CloseReason reason(String which, Duration limit) {
        return CloseReason.of(CloseReason.Cause.DEADLINE, which + " deadline of " + limit.toMillis() + "ms");
    }

    @Override
    public String toString() {
        return limits.toString();
    }
}
