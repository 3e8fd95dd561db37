package dev.weir.strategies;

import dev.weir.lifecycle.DescriptorPolicy;
import dev.weir.settings.Settings;
import java.time.Duration;

/**
 * Leaves clients waiting in the accept queue until a connection closes. Tries by itself after 10 ms at first, then twice as long each
 * time up to a limit: a descriptor may also come free outside Weir's sight.
 */
public final class PauseAccepting implements DescriptorPolicy {
    private static final long FIRST_MILLIS = 10;

    private final PauseListener[] pauses;
    private final Duration atMost;

    /** @param atMost the longest pause */
    public PauseAccepting(Duration atMost) {
        this.atMost = atMost;
        // Made beforehand: where there are no descriptors there may be no memory either, and no class can be loaded.
        int steps = 1;
        while (FIRST_MILLIS << (steps - 1) < atMost.toMillis()) {
            steps++;
        }
        pauses = new PauseListener[steps];
        for (int step = 0; step < steps; step++) {
            pauses[step] = new PauseListener(Duration.ofMillis(Math.min(FIRST_MILLIS << step, atMost.toMillis())));
        }
    }

    /** Reads {@code at-most}. */
    public static PauseAccepting from(Settings settings) {
        return new PauseAccepting(settings.duration("at-most", Duration.ofMillis(10), Duration.ofMinutes(1)));
    }

    @Override
    public Action onExhausted(Exhaustion exhaustion) {
        return pauses[Math.min(exhaustion.attempts(), pauses.length) - 1];
    }

    @Override
    public String toString() {
        return "pause for at most " + atMost.toMillis() + "ms";
    }
}
