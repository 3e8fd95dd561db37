package dev.weir.transport;

/**
 * Waits for sockets, for one event loop. Every method but {@link #wake()} is called on that loop's thread; before the loop starts
 * and after it has ended, on the one thread that starts or ends it.
 */
public interface Poller extends AutoCloseable {

    /** Wait without limit. */
    long FOREVER = Long.MAX_VALUE;

    /** Who is told. */
    interface Events {
        /** The socket registered under {@code token} is ready as {@link Readiness} says. */
        void ready(long token, int readiness);

        /**
         * A send that answered {@link StreamSocket#PENDING} is done: {@code bytes} were taken and its pieces are free. A failure is
         * reported as 0 bytes, with {@link Readiness#FAILED} after it.
         */
        void sent(long token, long bytes);
    }

    /**
     * Makes a socket and binds it. It does not listen yet, so that no client connects to a server that may still fail to start.
     *
     * @throws TransportException EADDRINUSE, EADDRNOTAVAIL, EACCES, EMFILE …; nothing is left open then
     */
    ListeningSocket bind(Endpoint address, ListenOptions options) throws TransportException;

    /**
     * Starts a connection; {@link Readiness#WRITABLE} or {@link Readiness#FAILED} is reported under {@code token} when the outcome
     * is known, and {@link StreamSocket#finishConnect()} then tells it. The socket is registered by this call, with an empty interest.
     *
     * @throws TransportException what is known at once (EMFILE, ENETUNREACH; ECONNREFUSED and ENOENT of a Unix socket); nothing is
     *     left open then
     */
    StreamSocket connect(Endpoint address, long token) throws TransportException;

    /**
     * Registers a socket that listens; it is reported {@link Readiness#READABLE} again and again while connections wait, even
     * on a transport that reports others only when something changes.
     */
    void register(ListeningSocket socket, long token, int interest) throws TransportException;

    /**
     * Registers an accepted socket, which may come from another loop's listener.
     *
     * @param interest a set of {@link Interest} bits
     */
    void register(StreamSocket socket, long token, int interest) throws TransportException;

    /**
     * Waits until a socket is ready, {@link #wake()} is called or the time is over, and reports what is ready. Reports a bounded
     * number of sockets a call. May come back earlier, with nothing to report.
     *
     * @param timeoutNanos 0 to look without waiting, {@link #FOREVER} to wait without limit; rounded up to what the system can
     * @return how many reports were made
     */
    int poll(long timeoutNanos, Events events) throws TransportException;

    /** Hands over what the turn has gathered (a ring's submissions). Called once at the end of each turn. */
    void submit() throws TransportException;

    /** Ends a {@link #poll} that waits, or the next one if none does. Any thread. */
    void wake();

    /** Gives back the poller's own descriptors. Sockets still registered are not closed. */
    @Override
    void close();
}
