package dev.weir.protocol;

import java.util.Optional;

/**
 * A protocol whose handlers run on the event loop. They must not block: a handler that does stalls every connection of its loop.
 *
 * @param <I> the class of messages it takes
 * @param <O> the class of messages it gives
 */
public non-sealed interface Protocol<I, O> extends AnyProtocol<I, O> {

    /** A handler for a new connection. Called on its loop. If it throws, the connection is closed. */
    Handler<I> open(Session<O> session);

    /** A last message for a connection that is refused or drained. Made anew for each; empty when the protocol has none. */
    default Optional<O> goodbye() {
        return Optional.empty();
    }
}
