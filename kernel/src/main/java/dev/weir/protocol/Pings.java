package dev.weir.protocol;

/**
 * How a protocol asks its peer whether it is still there. Any byte that comes in is an answer; a pong need only make the peer send
 * some.
 *
 * @param <I> the class of messages it takes
 * @param <O> the class of messages it gives
 */
public interface Pings<I, O> {

    /** A ping to send, which is the engine's to release. On the connection's loop. */
    O ping();

    /** True for an answer to a ping; it is then kept from the handler, asked for or not. The message is lent. On the connection's loop. */
    boolean isPong(I message);
}
