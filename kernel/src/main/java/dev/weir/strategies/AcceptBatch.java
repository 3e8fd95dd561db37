package dev.weir.strategies;

import dev.weir.lifecycle.AcceptPolicy;
import dev.weir.settings.Settings;

/** Takes up to a number of connections a turn. */
public final class AcceptBatch implements AcceptPolicy {
    private final int size;

    /** @param size connections a turn at the most, 1 or more */
    public AcceptBatch(int size) {
        this.size = size;
    }

    /** Reads {@code size}. */
    public static AcceptBatch from(Settings settings) {
        return new AcceptBatch(settings.integer("size", 1, 65_536));
    }

    @Override
    public boolean acceptMore(int accepted, long elapsedNanos) {
        return accepted < size;
    }

    @Override
    public String toString() {
        return "batch of " + size;
    }
}
