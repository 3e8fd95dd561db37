package dev.weir.protocol;

import dev.weir.codec.CodecFactory;
import dev.weir.connection.Connection;
import dev.weir.time.Timer;
import dev.weir.transport.TcpInfo;
import java.time.Duration;
import java.util.Optional;

/**
 * A protocol's hand on one connection. {@link #send}, {@link #close}, {@link #abort} and {@link Hold#release} may be called from
 * any thread; everything else on the connection's loop only, and throws {@link IllegalStateException} elsewhere.
 *
 * @param <O> the class of messages it sends
 */
public interface Session<O> {

    /** What can be known of the connection. */
    Connection connection();

    /**
     * Sends a message, after all that was sent before by the same thread. Takes the message in every case, a closed connection
     * included: it is released once. Off the loop only messages that are not lent may be sent. A lent one may be sent to several
     * connections of the loop: it is not consumed.
     *
     * <p>On the loop, what cannot be encoded throws {@link IllegalArgumentException}; off the loop it closes the connection.
     *
     * @return false when the connection is already closing, so that the message was dropped; off the loop true means "handed over"
     */
    boolean send(O message);

    /** True while the write queue is below its high watermark. Sending above it is allowed, up to the hard one. */
    boolean isWritable();

    /** Closes by the server's close policy: what was sent before is delivered first. Does nothing when it is closing already. */
    void close();

    /** Closes with a reset; what is unsent is dropped. */
    void abort();

    /** Stops reading and decoding, from the next message on. Counts are not kept: one resume undoes any number of pauses. */
    void pauseReading();

    /** Reads and decodes again, beginning with what was received before the pause. */
    void resumeReading();

    /** Notes a piece of work in flight, for which a drain or an answer-then-close waits until it is released. */
    Hold hold();

    /**
     * Names who is at the other end: to be called when the peer has proved it. What becomes of two open connections with one name is
     * the server's {@code on-duplicate} policy. Where it replaces the older one, that ends on its own loop, perhaps a moment after this
     * returned. The name is free again once the connection's ending begins.
     *
     * @param key the protocol's own name for the client, unique within the server; a later call renames it, the empty text has no name
     * @return false when this connection is closing, or is now being closed as DUPLICATE: the protocol should send nothing more
     */
    boolean identify(String key);

    /**
     * Names the phase the protocol is in ("login"), for the log and for deadlines; the empty name is none. A name that is in force
     * already changes nothing: the time of a phase counts from its beginning.
     */
    void phase(String name);

    /** What the kernel knows of the TCP connection; empty where the transport does not tell, or the connection is over. One system call. */
    Optional<TcpInfo> tcpInfo();

    /** Runs a task on the connection's loop, not before the delay has passed. Taken back by itself when the connection closes. */
    Timer schedule(Duration delay, Runnable task);

    /** Runs a task on the connection's loop, soon. Any thread. Dropped when the connection has closed. */
    void execute(Runnable task);

    /**
     * Changes codec and handler, after the message that is being handled. Bytes already received go to the new codec. The old
     * handler hears no more; the new one's {@code onOpened} is called first.
     */
    <I2, O2> void switchTo(CodecFactory<I2, O2> codec, Protocol<I2, O2> protocol);
}
