package dev.weir.strategies;

import dev.weir.connection.Connection;
import dev.weir.fault.CloseReason;
import dev.weir.lifecycle.ClosePolicy;
import dev.weir.lifecycle.ConnectionMode;
import dev.weir.lifecycle.Surroundings;
import dev.weir.settings.Settings;
import java.util.Optional;

/**
 * Closes at once with a reset (SO_LINGER with time 0, socket(7)): what is queued is dropped, here and in the system, and the
 * connection leaves no TIME_WAIT behind.
 */
public final class ResetClose implements ClosePolicy {
    private static final Reset RESET = new Reset();

    private final HalfClose halfClose;

    /** @param halfClose what the peer's half-close means */
    public ResetClose(HalfClose halfClose) {
        this.halfClose = halfClose;
    }

    /** Reads {@code half-close}. */
    public static ResetClose from(Settings settings) {
        return new ResetClose(settings.oneOf("half-close", HalfClose.class));
    }

    @Override
    public Optional<Misfit> misfit(Surroundings surroundings) {
        return surroundings.mode() == ConnectionMode.SHORT
                ? Optional.of(new Misfit(
                        "a reset destroys the one reply of connection-mode short, wherever the system has not delivered it.",
                        "Choose close graceful, or connection-mode long."))
                : Optional.empty();
    }

    @Override
    public Plan plan(Connection connection, CloseReason reason) {
        return RESET;
    }

    @Override
    public HalfClose halfClose() {
        return halfClose;
    }

    @Override
    public String toString() {
        return "reset";
    }
}
