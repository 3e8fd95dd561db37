package dev.weir.lifecycle;

import dev.weir.connection.Connection;
import dev.weir.fault.CloseReason;
import java.time.Duration;

/** How a connection ends. */
public interface ClosePolicy extends Policy {

    /** What the engine is to do to end a connection. */
    sealed interface Plan {}

    /**
     * Send what is queued, end our half, read and discard until the peer's end, then close. So a reply in flight is not destroyed
     * by the reset that unread input causes (RFC 1122, 4.2.2.13).
     *
     * @param flush the most time for sending what is queued; then reset
     * @param fin the most time to wait for the peer's end; then close, which leaves the delivery to the system
     * @param discard the most bytes to read and discard while waiting; then reset
     */
    record Graceful(Duration flush, Duration fin, long discard) implements Plan {
        /** Refuses times below 0 and above 365 days, and fewer bytes than none. */
        public Graceful {
            Bounds.check("flush", flush, Duration.ZERO);
            Bounds.check("fin", fin, Duration.ZERO);
            Bounds.check("discard", discard, 0);
        }
    }

    /** Close the descriptor now; what is queued is dropped. */
    record Force() implements Plan {}

    /** Close with a reset now. */
    record Reset() implements Plan {}

    /** What the peer's half-close means. */
    enum HalfClose {
        /** Deliver what is owed, then close by plan. */
        ANSWER_THEN_CLOSE,
        /** Tell the handler and leave the closing to it. */
        PROPAGATE,
        /** Close at once by plan. */
        CLOSE
    }

    /** Plans the ending of a connection. Not asked when the connection is already lost, or is to be forced. */
    Plan plan(Connection connection, CloseReason reason);

    /** What the peer's half-close means on this server. */
    HalfClose halfClose();
}
