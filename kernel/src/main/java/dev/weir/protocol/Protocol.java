package dev.weir.protocol;

/**
 * A protocol whose handlers run on the event loop. They must not block: a handler that does stalls every connection of its loop.
 *
 * @param <I> the class of messages it takes
 * @param <O> the class of messages it gives
 */
public non-sealed interface Protocol<I, O> extends AnyProtocol<I, O> {

    /** A handler for a new connection. Called on its loop. If it throws, the connection is closed. */
    Handler<I> open(Session<O> session);
}
