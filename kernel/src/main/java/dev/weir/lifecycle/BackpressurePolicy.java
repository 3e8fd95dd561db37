package dev.weir.lifecycle;

import dev.weir.connection.Connection;
import java.time.Duration;

/** What a peer that does not read costs it. Asked when its write queue rises above the high watermark. */
@FunctionalInterface
public interface BackpressurePolicy extends Policy {

    /** What the engine is to do. */
    sealed interface Action {}

    /** Stop reading from the connection until its queue has fallen to the low watermark. */
    record PauseReading() implements Action {
        /** The one there need be. */
        public static final PauseReading PAUSE_READING = new PauseReading();
    }

    /** Leave it to the protocol, which hears {@code onWritable} when the queue has fallen. */
    record LetBe() implements Action {}

    /** Close the connection as SLOW_READER. */
    record CloseNow() implements Action {}

    /**
     * Stop reading as {@link PauseReading} does, and close as SLOW_READER when the low watermark is not reached in time.
     *
     * @param after 0 to 365 days
     */
    record CloseAfter(Duration after) implements Action {
        /** Refuses other times. */
        public CloseAfter {
            Bounds.check("after", after, Duration.ZERO);
        }
    }

    /**
     * Go on reading, and make room for new messages by dropping the oldest that wait: whole ones only, none of which a byte was
     * offered to the system, and never the newest. Where the protocol says which of its messages replace others ({@code
     * AnyProtocol.coalescing}), those that have no key are kept. Not for a codec that {@linkplain
     * dev.weir.codec.CodecFactory#answersRequests() answers requests}.
     *
     * @param keep bytes of messages that wait behind those of the high watermark; each counts {@value #MESSAGE_BYTES} more. When
     *     messages that must be kept are more than that, reading pauses
     */
    record DropOldest(long keep) implements Action {
        /** Refuses less than nothing. */
        public DropOldest {
            Bounds.check("keep", keep, 0);
        }
    }

    /**
     * Go on reading, and drop a message that waits when a newer one with the same key comes; those without a key are kept.
     *
     * @param keep as with {@link DropOldest}; when it is passed, reading pauses
     */
    record Coalesce(long keep) implements Action {
        /** Refuses less than nothing. */
        public Coalesce {
            Bounds.check("keep", keep, 0);
        }
    }

    /** What a message costs that is kept apart from others, beside its bytes, about. */
    int MESSAGE_BYTES = 256;

    /** Decides. */
    Action onHigh(Connection connection);
}
