package dev.weir.protocol;

import java.util.Optional;

/**
 * A configured protocol of either style: made once per server from its settings. Used by every loop at once, so it must not change,
 * or guard what it shares.
 *
 * <p>What it supplies for policies is optional. A policy that needs one of these is a fault at start where the protocol has none.
 *
 * @param <I> the class of messages it takes
 * @param <O> the class of messages it gives
 */
public sealed interface AnyProtocol<I, O> permits Protocol, BlockingProtocol {

    /** The class of messages it takes; the codec must decode to it. */
    Class<I> inbound();

    /** The class of messages it gives; the codec must encode it. */
    Class<O> outbound();

    /** What it says to a peer whose connection Weir ends; empty when it says nothing. The same at every call. */
    default Optional<Goodbye<O>> goodbye() {
        return Optional.empty();
    }

    /** How it asks a silent peer whether it is there; empty when it cannot. The same at every call. */
    default Optional<Pings<I, O>> pings() {
        return Optional.empty();
    }

    /** Which of its messages replace older ones; empty when none does. The same at every call. */
    default Optional<Coalescing<O>> coalescing() {
        return Optional.empty();
    }
}
