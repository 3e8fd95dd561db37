package dev.weir.transport;

import dev.weir.fault.Errno;
import java.util.Optional;

/**
 * A connected socket. No method blocks. Used by one loop, the one whose poller it is registered with; before that, by whoever
 * accepted it.
 */
public interface StreamSocket {

    /** From {@link #receive} and {@link #send}: nothing can be moved now. */
    int WOULD_BLOCK = 0;

    /** From {@link #receive}: the peer has ended its half and all its bytes were received. */
    int END_OF_INPUT = -1;

    /**
     * From {@link #send}: the transport has taken the pieces and sends them on its own. They must stay unchanged until
     * {@link Poller.Events#sent} tells how many bytes went, or the socket is closed; nothing else may be sent until then.
     */
    int PENDING = -2;

    /**
     * Receives bytes: into the free space of {@code into}, or by lending it a buffer of the transport's. Less than the free space
     * means that there is no more for now, unless the end was announced ({@link Readiness#readToEnd}); after a lent buffer only
     * {@link #WOULD_BLOCK} means that.
     *
     * @return the number of bytes, {@link #WOULD_BLOCK} or {@link #END_OF_INPUT}
     * @throws TransportException ECONNRESET, ETIMEDOUT …: the connection is lost
     */
    int receive(ReceiveBuffer into) throws TransportException;

    /**
     * True when the socket itself holds bytes, or the end, or a failure, that a receive would give although no event announces
     * them. The loop then reads on in a later turn by itself. Asked after each receive and each send: either may have found them.
     */
    default boolean holdsInput() {
        return false;
    }

    /**
     * Offers pieces in order; the system takes as much as it has room for. The pieces' own indexes are not moved.
     *
     * @return the bytes taken, which may end inside a piece; {@link #WOULD_BLOCK} or {@link #PENDING}
     * @throws TransportException EPIPE, ECONNRESET …: the connection is lost
     */
    long send(Pieces pieces) throws TransportException;

    /**
     * True when {@link #send} never answers {@link #PENDING}, so that it may be offered bytes that are valid only until it returns. What
     * such bytes it has not taken, the loop copies.
     */
    default boolean sendsAtOnce() {
        return false;
    }

    /**
     * True when {@link #close()} ends this side's half in good order by itself, once the end of input was received: no
     * {@link #shutdownOutput()} then comes before it. A transport that has a last word of its own to say, as one with encryption has,
     * answers false.
     */
    default boolean endsByClose() {
        return false;
    }

    /** Ends this side's half (shutdown(2), SHUT_WR): the peer reads all that was sent, then the end. */
    void shutdownOutput() throws TransportException;

    /**
     * Tells the outcome of {@link Poller#connect}.
     *
     * @return true when connected, false when it is still under way
     * @throws TransportException ECONNREFUSED, ETIMEDOUT, EHOSTUNREACH …; the socket is of no more use then and must be closed
     */
    boolean finishConnect() throws TransportException;

    /** Sets what is reported of it, a set of {@link Interest} bits. An edge-triggered transport may report more. */
    void interest(int interest) throws TransportException;

    /**
     * Sets an option that is in {@link Capabilities#streamOptions()}. One that has no meaning for a Unix domain socket, such as
     * TCP_NODELAY, does nothing there.
     */
    <T> void option(SocketOption<T> option, T value) throws TransportException;

    /** Reads an option back as the kernel has it now. */
    <T> T option(SocketOption<T> option) throws TransportException;

    /**
     * Why {@link Readiness#FAILED} was reported, where no receive is made that would tell: the error that the kernel holds, which is
     * taken by this. ECONNRESET where the transport cannot ask.
     */
    default Errno failure() {
        return Errno.ECONNRESET;
    }

    /** What the kernel knows of a TCP connection; empty where there is no TCP, or the transport cannot ask. One system call. */
    default Optional<TcpInfo> tcpInfo() throws TransportException {
        return Optional.empty();
    }

    /** Who is at the other end; empty where it is not a Unix domain socket, or the transport cannot ask. One system call. */
    default Optional<PeerCredentials> peerCredentials() throws TransportException {
        return Optional.empty();
    }

    /** This end's address. Any thread, also after the socket was closed. */
    Endpoint localAddress();

    /**
     * The peer's address, as accept told it; {@link Endpoint.Unknown} when the peer was gone before. Any thread, also after the socket
     * was closed. It may be made at each call: there can be very many sockets, and few are asked.
     */
    Endpoint remoteAddress();

    /**
     * Deregisters and closes. What the kernel has taken is still sent; but if bytes from the peer lie unread, the kernel resets the
     * connection and what is in flight may be lost (so read to the end first).
     */
    void close();

    /** Closes with a reset (linger 0): what is in flight is dropped, the peer sees ECONNRESET. */
    void abort();
}
