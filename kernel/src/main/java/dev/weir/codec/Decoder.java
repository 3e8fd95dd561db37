package dev.weir.codec;

import io.netty.buffer.ByteBuf;

/**
 * Finds messages in a stream of bytes. One object per connection, used by its loop alone. It must give the same messages however
 * the stream is split, and must never allocate by a length that the peer merely claims.
 *
 * <p>A message that may be large can come in parts, each given as a message of its own: a head, pieces of a body as they arrive, an
 * end. {@link Codec#isInside} then tells the engine that the peer still has to go on.
 *
 * @param <I> the class of its messages
 */
public interface Decoder<I> {

    /**
     * Takes the next message from {@code in}, moving the reader index past it. At most one message a call: the caller looks at the
     * connection's state between two.
     *
     * <p>When it needs more bytes it returns null; what it has not read is shown again with more behind it. The bytes may then lie
     * in another buffer, so a decoder remembers offsets from the reader index, not indexes.
     *
     * @param in the caller's buffer, valid for this call; a message may be a {@link MessageWindow} over it
     * @return a message, lent; or null
     * @throws ProtocolViolation when the stream is not what the codec speaks; the connection is then closed
     */
    I decode(ByteBuf in) throws ProtocolViolation;

    /**
     * As {@link #decode}, after the peer has ended its half: {@code in} holds all that is left. Called until it returns null. Bytes
     * left over then are an incomplete message; a codec for which that is a violation throws. Without an override the left-over is
     * refused.
     */
    default I decodeEnd(ByteBuf in) throws ProtocolViolation {
        I message = in.isReadable() ? decode(in) : null;
        if (message == null && in.isReadable()) {
            throw new ProtocolViolation("input ended inside a message, after " + in.readableBytes() + " bytes of it");
        }
        return message;
    }

    /**
     * A copy of a lent message that stays valid after {@code onMessage}; whoever asks releases it. A codec whose messages are views
     * of another class than {@link ByteBuf} overrides this. Any other message is taken to be no view and given back as it is.
     */
    @SuppressWarnings("unchecked") // A ByteBuf's copy is a ByteBuf, which I is here.
    default I keep(I message) {
        return message instanceof ByteBuf bytes ? (I) bytes.copy() : message;
    }
}
