package dev.weir.strategies;

import dev.weir.connection.Connection;
import dev.weir.lifecycle.BackpressurePolicy;
import dev.weir.settings.Settings;
import java.time.Duration;

/** Stops reading from a peer that does not read, and closes it when it has not caught up in a time. */
public final class CloseSlowReader implements BackpressurePolicy {
    private final Duration after;
    private final Action action;

    /** @param after how long the peer has for falling to the low watermark; 0: none at all */
    public CloseSlowReader(Duration after) {
        this.after = after;
        this.action = after.isZero() ? new CloseNow() : new CloseAfter(after);
    }

    /** Reads {@code after}. */
    public static CloseSlowReader from(Settings settings) {
        return new CloseSlowReader(settings.duration("after", Duration.ZERO, Duration.ofDays(1)));
    }

    @Override
    public Action onHigh(Connection connection) {
        return action;
    }

    @Override
    public String toString() {
        return "close after " + after.toMillis() + "ms";
    }
}
