package dev.weir.strategies;

import dev.weir.lifecycle.DescriptorPolicy;
import dev.weir.settings.Settings;
import java.time.Duration;

/**
 * Leaves clients waiting in the accept queue until a connection closes. Tries by itself after 10 ms at first, then twice as long each
 * time up to a limit: a descriptor may also come free outside Weir's sight.
 */
public final class PauseAccepting implements DescriptorPolicy {
    private final Backoff backoff;
    private final PauseListener[] pauses;
    private final Duration atMost;

    /** @param atMost the longest pause */
    public PauseAccepting(Duration atMost) {
        this.atMost = atMost;
        this.backoff = new Backoff(atMost);
        this.pauses = backoff.each(PauseListener[]::new, PauseListener::new);
    }

    /** Reads {@code at-most}. */
    public static PauseAccepting from(Settings settings) {
        return new PauseAccepting(Backoff.atMost(settings));
    }

    @Override
    public Action onExhausted(Exhaustion exhaustion) {
        return backoff.of(pauses, exhaustion);
    }

    @Override
    public String toString() {
        return "pause for at most " + atMost.toMillis() + "ms";
    }
}
