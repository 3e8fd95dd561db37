package dev.weir.strategies;

import dev.weir.connection.Connection;
import dev.weir.fault.CloseReason;
import dev.weir.lifecycle.ClosePolicy;
import dev.weir.settings.Settings;

/** Closes the descriptor at once; what is queued is dropped. */
public final class ForceClose implements ClosePolicy {
    private static final Force FORCE = new Force();

    private final HalfClose halfClose;

    /** @param halfClose what the peer's half-close means */
    public ForceClose(HalfClose halfClose) {
        this.halfClose = halfClose;
    }

    /** Reads {@code half-close}. */
    public static ForceClose from(Settings settings) {
        return new ForceClose(settings.oneOf("half-close", HalfClose.class));
    }

    @Override
    public Plan plan(Connection connection, CloseReason reason) {
        return FORCE;
    }

    @Override
    public HalfClose halfClose() {
        return halfClose;
    }

    @Override
    public String toString() {
        return "force";
    }
}
