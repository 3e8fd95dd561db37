package dev.weir.strategies;

import dev.weir.connection.Connection;
import dev.weir.lifecycle.BackpressurePolicy;

/** Stops reading from a peer that does not read: its own requests then wait in its own send buffer. */
public final class PauseSlowReader implements BackpressurePolicy {
    @Override
    public Action onHigh(Connection connection) {
        return PauseReading.PAUSE_READING;
    }

    @Override
    public String toString() {
        return "pause";
    }
}
