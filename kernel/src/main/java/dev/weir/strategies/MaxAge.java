package dev.weir.strategies;

import java.time.Duration;

/**
 * How old a connection may grow.
 *
 * @param most the age that none passes, above 0
 * @param jitter by how many percent of it the age of one may fall short, 0 to 100: connections that came together are not to go
 *     together
 */
public record MaxAge(Duration most, int jitter) {
    private static final int PERCENT = 100;
    private static final int FRACTION_BITS = 53;

    /** The age of the connection of this number; the same whenever it is asked. */
    Duration of(long id) {
        double share = (mix(id) >>> (Long.SIZE - FRACTION_BITS)) * 0x1p-53;
        return most.minusNanos((long) (most.toNanos() * share * jitter / PERCENT));
    }

    /** Spreads numbers that follow each other over all of them (the last step of SplitMix64). */
    private static long mix(long id) {
        long z = id + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    @Override
    public String toString() {
        return most.toMillis() + "ms less up to " + jitter + "%";
    }
}
