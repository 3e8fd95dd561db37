package dev.weir.strategies;

import java.time.Duration;

/**
 * How fast bytes must move, on average since they began to. Sending is judged at the end of each grace, and counted anew.
 *
 * @param bytesPerSecond 1 or more
 * @param grace how long nobody is judged
 */
public record MinRate(long bytesPerSecond, Duration grace) {
    private static final double NANOS_PER_SECOND = 1e9;

    /** In how many nanoseconds so many bytes in so much time are too few, if no more come; 0 or less: they are. */
    long nanosLeft(long bytes, long elapsedNanos) {
        long enoughFor = (long) (bytes * NANOS_PER_SECOND / bytesPerSecond);
        return Math.max(grace.toNanos(), enoughFor) - elapsedNanos;
    }

    @Override
    public String toString() {
        return bytesPerSecond + " bytes/s after " + grace.toMillis() + "ms";
    }
}
