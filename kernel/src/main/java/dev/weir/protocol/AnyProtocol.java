package dev.weir.protocol;

/**
 * A configured protocol of either style: made once per server from its settings. Used by every loop at once, so it must not change,
 * or guard what it shares.
 *
 * @param <I> the class of messages it takes
 * @param <O> the class of messages it gives
 */
public sealed interface AnyProtocol<I, O> permits Protocol, BlockingProtocol {

    /** The class of messages it takes; the codec must decode to it. */
    Class<I> inbound();

    /** The class of messages it gives; the codec must encode it. */
    Class<O> outbound();
}
