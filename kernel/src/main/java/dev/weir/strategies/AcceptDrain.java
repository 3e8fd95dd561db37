package dev.weir.strategies;

import dev.weir.lifecycle.AcceptPolicy;
import dev.weir.settings.Settings;
import java.time.Duration;

/** Takes connections until none waits, for as long as its budget of time allows: for bursts of short connections. */
public final class AcceptDrain implements AcceptPolicy {
    private final long budgetNanos;

    /** @param budget time to spend on accepting in one turn */
    public AcceptDrain(Duration budget) {
        this.budgetNanos = budget.toNanos();
    }

    /** Reads {@code budget}. */
    public static AcceptDrain from(Settings settings) {
        return new AcceptDrain(settings.duration("budget", Duration.ofNanos(1_000), Duration.ofSeconds(1)));
    }

    @Override
    public boolean acceptMore(int accepted, long elapsedNanos) {
        return elapsedNanos < budgetNanos;
    }

    @Override
    public String toString() {
        return "drain within " + Duration.ofNanos(budgetNanos).toMillis() + "ms";
    }
}
