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
     * True when its codecs take requests and give replies in turn, and {@linkplain Codec#owes() owe} one for each request. A reply must
     * then never be dropped for a slow reader, who would take the next one for it: a policy that drops is a fault at start. And once
     * the peer has ended its half and no reply is owed, the connection closes, also where the close policy leaves half-closes to the
     * protocol.
     */
    default boolean answersRequests() {
        return false;
    }

    /**
     * False when a part of what a message gives has to be asked for on the loop while the message is handled, as a body that comes
     * behind it. A blocking protocol cannot do that: to choose one with this codec is then a fault at start.
     */
    default boolean servesBlocking() {
        return true;
    }

    /**
     * A codec for one connection. Called on its loop. If it throws, the connection is closed.
     *
     * @param connection what can be known of the connection: its addresses at once, the rest as it is when it is asked
     * @param window the loop's window for lending messages; shared by the loop's connections
     */
    Codec<I, O> create(Connection connection, MessageWindow window);
}
