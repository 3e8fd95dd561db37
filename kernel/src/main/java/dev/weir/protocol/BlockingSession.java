package dev.weir.protocol;

import dev.weir.connection.Connection;
import java.util.Optional;

/**
 * A blocking protocol's hand on one connection. To be used by that connection's virtual thread.
 *
 * @param <I> the class of messages it reads
 * @param <O> the class of messages it writes
 */
public interface BlockingSession<I, O> {

    /** What can be known of the connection: its id, server and addresses. */
    Connection connection();

    /**
     * The next message, waiting for it; empty when the peer has ended its half. The message is the caller's: a reference-counted
     * one is to be released.
     *
     * @throws SessionClosedException when the connection was lost or closed
     */
    Optional<I> read() throws SessionClosedException, InterruptedException;

    /**
     * Sends a message and takes it. Waits while the write queue is above its high watermark, so that a slow reader slows the
     * writer. What is queued passes the mark by one message at the most, or by 64 KiB of smaller ones; of messages that are
     * neither {@code ByteBuf} nor {@code CharSequence}, whose size is not known before they are encoded, by 32.
     *
     * @throws SessionClosedException when the connection was lost or closed; the message is released all the same
     */
    void write(O message) throws SessionClosedException, InterruptedException;

    /**
     * As {@link Session#identify}: names who is at the other end.
     *
     * @throws SessionClosedException when the connection was lost or closed, or is now being closed as DUPLICATE
     */
    void identify(String key) throws SessionClosedException, InterruptedException;

    /** As {@link Session#phase}: names the phase that the protocol is in. */
    void phase(String name);

    /** True once the server is being drained: finish what is in flight and return. */
    boolean isDraining();
}
