package dev.weir.benchmarks;

import java.util.Arrays;

/**
 * Counts of durations in classes that are as wide as 1/64 of their value or less, from a nanosecond on. Recording takes a few
 * instructions and no memory.
 */
final class LatencyHistogram {
    private static final int BITS = 6;
    private static final int CLASSES_OF_A_POWER = 1 << BITS;

    private final long[] counts = new long[CLASSES_OF_A_POWER * (Long.SIZE - BITS)];
    private long total;

    /** Counts a duration of 0 or more nanoseconds. */
    void record(long nanos) {
        counts[classOf(nanos)]++;
        total++;
    }

    /** Forgets all. */
    void clear() {
        Arrays.fill(counts, 0);
        total = 0;
    }

    /**
     * The duration that this share of those recorded does not exceed, in nanoseconds: the greatest value of its class. 0 when
     * nothing was recorded.
     *
     * @param share above 0, at most 1
     */
    long quantileNanos(double share) {
        long wanted = (long) Math.ceil(share * total);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted && seen > 0) {
                return greatestOf(i);
            }
        }
        return 0;
    }

    /** Values below 128 have a class each; above, a power of two has 64. */
    private static int classOf(long nanos) {
        int power = Math.max(0, Long.SIZE - 1 - BITS - Long.numberOfLeadingZeros(nanos | 1));
        return power * CLASSES_OF_A_POWER + (int) (nanos >>> power);
    }

    private static long greatestOf(int index) {
        int power = Math.max(0, index / CLASSES_OF_A_POWER - 1);
        long mantissa = index - (long) power * CLASSES_OF_A_POWER;
        return ((mantissa + 1) << power) - 1;
    }
}
