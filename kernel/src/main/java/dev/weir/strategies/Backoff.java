package dev.weir.strategies;

import dev.weir.lifecycle.DescriptorPolicy.Exhaustion;
import dev.weir.settings.Settings;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Pauses of 10 ms at first, then twice as long each time up to a limit. The actions that have them are made beforehand: where there are
 * no descriptors there may be no memory either.
 */
final class Backoff {
    private static final long FIRST_MILLIS = 10;
    private static final Duration LEAST = Duration.ofMillis(FIRST_MILLIS);
    private static final Duration MOST = Duration.ofMinutes(1);

    private final long atMostMillis;

    Backoff(Duration atMost) {
        this.atMostMillis = atMost.toMillis();
    }

    /** Reads {@code at-most}. */
    static Duration atMost(Settings settings) {
        return settings.duration("at-most", LEAST, MOST);
    }

    /** An action for each step. */
    <A> A[] each(IntFunction<A[]> array, Function<Duration, A> action) {
        int steps = 1;
        while (FIRST_MILLIS << (steps - 1) < atMostMillis) {
            steps++;
        }
        A[] actions = array.apply(steps);
        for (int step = 0; step < steps; step++) {
            actions[step] = action.apply(Duration.ofMillis(Math.min(FIRST_MILLIS << step, atMostMillis)));
        }
        return actions;
    }

    /** The action for so many attempts. */
    <A> A of(A[] actions, Exhaustion exhaustion) {
        return actions[Math.min(exhaustion.attempts(), actions.length) - 1];
    }
}
