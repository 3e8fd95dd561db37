package dev.weir.codec;

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
     * A codec for one connection.
     *
     * @param window the loop's window for lending messages; shared by the loop's connections
     */
    Codec<I, O> create(MessageWindow window);
}
