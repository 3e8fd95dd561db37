package dev.weir.strategies;

import dev.weir.lifecycle.DescriptorPolicy;
import dev.weir.settings.Settings;
import java.time.Duration;

/** Sends away who comes when there is no descriptor, with a clean end of the connection, so that a client can try another server. */
public final class ShedClients implements DescriptorPolicy {
    private final Backoff backoff;
    private final Shed[] sheds;

    /** @param atMost the longest pause where even the spare descriptor does not help */
    public ShedClients(Duration atMost) {
        this.backoff = new Backoff(atMost);
        this.sheds = backoff.each(Shed[]::new, Shed::new);
    }

    /** Reads {@code at-most}. */
    public static ShedClients from(Settings settings) {
        return new ShedClients(Backoff.atMost(settings));
    }

    @Override
    public Action onExhausted(Exhaustion exhaustion) {
        return backoff.of(sheds, exhaustion);
    }

    @Override
    public String toString() {
        return "shed";
    }
}
