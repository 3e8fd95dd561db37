package dev.weir.lifecycle;

import dev.weir.connection.Connection;

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

    /** Decides. */
    Action onHigh(Connection connection);
}
