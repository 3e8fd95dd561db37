package dev.weir.codec;

/**
 * Both directions for one connection, in one object so that they can share state.
 *
 * @param <I> the class of decoded messages
 * @param <O> the class of messages that it encodes
 */
public interface Codec<I, O> extends Decoder<I>, Encoder<O> {}
