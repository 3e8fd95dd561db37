package dev.weir.testkit.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How often each of several things has happened. Any thread.
 *
 * @param <E> the things
 */
public final class Tally<E extends Enum<E>> {
    private final Map<E, AtomicLong> counts;

    Tally(Class<E> kinds) {
        counts = new EnumMap<>(kinds);
        for (E kind : kinds.getEnumConstants()) {
            counts.put(kind, new AtomicLong());
        }
    }

    /** How often this has happened. */
    public long of(E kind) {
        return counts.get(kind).get();
    }

    void add(E kind) {
        counts.get(kind).incrementAndGet();
    }

    /** What has happened at all, with its counts. */
    @Override
    public String toString() {
        Map<E, AtomicLong> seen = new EnumMap<>(counts);
        seen.values().removeIf(count -> count.get() == 0);
        return seen.toString();
    }
}
