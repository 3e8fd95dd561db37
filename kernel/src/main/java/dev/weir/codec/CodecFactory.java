package dev.weir.codec;

import dev.weir.connection.Connection;

/**
 * A configured codec: made once per server from its settings, asked for a codec per connection. Used by every loop at once, so it
 * must not change.
 *
 * @param <I> the class of decoded messages
 * @param <O> the class of messages that it encodes
 */
public interface CodecFactory<I, O> {

    /** The class of decoded messages; the protocol must take it. */
    Class<I> inbound();

    /** The class of messages it encodes; the protocol must give it. */
    Class<O> outbound();

    /**
     * The most bytes that the decoder may leave unread while it waits for more. The engine closes a connection beyond it, so that a
     * decoder with a defect cannot grow a buffer without bound.
     */
    int maxUndecodedBytes();

    /**
     * True when its codecs may have a {@link Codec#goodbye} for a connection that is refused before anything was read from it. Only
     * then is a codec made for such a connection.
     */
    default boolean hasGoodbye() {
        return false;
    }

    /**
     * A codec for one connection. Called on its loop. If it throws, the connection is closed.
     *
     * @param connection what can be known of the connection: its addresses at once, the rest as it is when it is asked
     * @param window the loop's window for lending messages; shared by the loop's connections
     */
    Codec<I, O> create(Connection connection, MessageWindow window);
}
