package dev.weir.transport;

/** A bound socket that accepts connections. Used by the loop whose poller made it. */
public interface ListeningSocket extends AutoCloseable {

    /** Begins to accept: the kernel completes handshakes from here on (listen(2)). Called once. */
    void listen() throws TransportException;

    /** The address it is bound to, with the port that the kernel chose. */
    Endpoint localAddress();

    /**
     * Takes one waiting connection. Never blocks.
     *
     * @return the connection, not yet registered and owned by the caller; or null when none waits
     * @throws TransportException one of {@link dev.weir.fault.Errno#isLostWhileAccepting()} when that one connection was lost;
     *     EMFILE, ENFILE, ENOBUFS or ENOMEM when the process or the host has no room, <em>even if no connection waits</em>
     *     (the kernel takes the descriptor first)
     */
    StreamSocket accept() throws TransportException;

    /** Sets what is reported of it: {@link Interest#READ}, or {@link Interest#NONE} to pause. */
    void interest(int interest) throws TransportException;

    /** Closes it. Connections that wait are reset by the kernel. A Unix socket's file is removed if it is still this socket's. */
    @Override
    void close();
}
