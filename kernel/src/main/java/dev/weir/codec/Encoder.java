package dev.weir.codec;

/**
 * Turns messages into bytes. One object per connection, used by its loop alone.
 *
 * @param <O> the class of its messages
 */
@FunctionalInterface
public interface Encoder<O> {

    /**
     * Writes one message. Takes the message: releases it once if it is reference-counted, or hands it on with {@link
     * Output#write(io.netty.buffer.ByteBuf)}, which takes it.
     *
     * @throws IllegalArgumentException when the message cannot be said in this codec (a line with a line end inside); nothing is
     *     sent of it then, and the message is released all the same
     */
    void encode(O message, Output out);
}
