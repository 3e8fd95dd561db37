package dev.weir.protocol;

import dev.weir.fault.CloseReason;

/**
 * What a protocol does on one connection. Every method is called on the connection's loop and must not block. {@link #onOpened()}
 * comes first and once, {@link #onClosed} last and once; between them the others come in any number. What a method throws closes
 * this connection with cause FAILED and harms no other.
 *
 * @param <I> the class of messages it takes
 */
@FunctionalInterface
public interface Handler<I> {

    /** The connection is open; sending is allowed from here on. */
    default void onOpened() {}

    /** A message came in. It is lent: valid until this method returns. It may be sent back within it. */
    void onMessage(I message);

    /** The write queue, once above the high watermark, has fallen to the low one. Once per crossing. */
    default void onWritable() {}

    /**
     * The system has taken everything that was sent: the write queue has become empty. Once each time that it does; what is sent
     * within it goes with the next turn. Not told once the connection is closing.
     */
    default void onWriteComplete() {}

    /**
     * The peer has ended its half; no message follows. Called only under {@code half-close = propagate} or {@code
     * answer-then-close}; under the latter, or with a codec that {@linkplain dev.weir.codec.CodecFactory#answersRequests() answers
     * requests}, the connection closes by itself when nothing is held, owed or queued any more.
     */
    default void onPeerHalfClosed() {}

    /** The server is being drained: finish what is in flight and close. The connection closes by itself when it is idle. */
    default void onDrain() {}

    /** The connection is over. Nothing can be sent any more. */
    default void onClosed(CloseReason reason) {}
}
