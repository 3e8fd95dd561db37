package dev.weir.strategies;

import java.time.Duration;

/**
 * How fast bytes must move, on average of each grace: at its end they are judged, and counted anew.
 *
 * @param bytesPerSecond 1 or more
 * @param grace how long nobody is judged
 */
public record MinRate(long bytesPerSecond, Duration grace) {
    private static final double NANOS_PER_SECOND = 1e9;

    /** In how many nanoseconds so many bytes in so much time are to be judged; 0 or less: they are too few. */
    long nanosToJudgement(long bytes, long elapsedNanos) {
        long enoughFor = (long) (bytes * NANOS_PER_SECOND / bytesPerSecond);
        long left = Math.max(grace.toNanos(), enoughFor) - elapsedNanos;
        if (left <= 0) {
            return left;
        }
        return elapsedNanos < grace.toNanos() ? grace.toNanos() - elapsedNanos : grace.toNanos();
    }

    @Override
    public String toString() {
        return bytesPerSecond + " bytes/s after " + grace.toMillis() + "ms";
    }
}
