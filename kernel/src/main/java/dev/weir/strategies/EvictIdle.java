package dev.weir.strategies;

import dev.weir.lifecycle.DescriptorPolicy;
import dev.weir.settings.Settings;
import java.time.Duration;

/** Ends the connections that have been idle longest, to serve who comes. Where nobody is idle, clients wait. */
public final class EvictIdle implements DescriptorPolicy {
    private static final int MOST = 65_536;
    private static final Duration LONGEST_IDLE = Duration.ofDays(1);

    private final Backoff backoff;
    private final Evict[] evictions;
    private final int most;
    private final Duration idleFor;

    /**
     * @param most how many to end at a time, 1 or more
     * @param idleFor how long nothing must have moved
     * @param atMost the longest pause where nobody is idle
     */
    public EvictIdle(int most, Duration idleFor, Duration atMost) {
        this.most = most;
        this.idleFor = idleFor;
        this.backoff = new Backoff(atMost);
        this.evictions = backoff.each(Evict[]::new, otherwise -> new Evict(most, idleFor, otherwise));
    }

    /** Reads {@code most}, {@code idle-for} and {@code at-most}. */
    public static EvictIdle from(Settings settings) {
        return new EvictIdle(
                settings.integer("most", 1, MOST),
                settings.duration("idle-for", Duration.ZERO, LONGEST_IDLE),
                Backoff.atMost(settings));
    }

    @Override
    public Action onExhausted(Exhaustion exhaustion) {
        return backoff.of(evictions, exhaustion);
    }

    @Override
    public String toString() {
        return "evict up to " + most + " that are idle for " + idleFor.toMillis() + "ms";
    }
}
