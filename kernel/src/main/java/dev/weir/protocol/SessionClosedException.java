package dev.weir.protocol;

import dev.weir.fault.CloseReason;
import java.io.IOException;

/** The connection ended while a blocking protocol was using it. */
public final class SessionClosedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient CloseReason reason;

    /** @param reason why it ended */
    public SessionClosedException(CloseReason reason) {
        super(reason.toString());
        this.reason = reason;
    }

    /** Why it ended. */
    public CloseReason reason() {
        return reason;
    }
}
