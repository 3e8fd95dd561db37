package dev.weir.transport;

import java.time.Duration;

/**
 * A typed socket option (socket(7), tcp(7)). SO_LINGER is not among them: a time above zero blocks the thread that closes, even on
 * a non-blocking socket, and linger 0 is {@link StreamSocket#abort()}.
 *
 * @param <T> the type of its value
 */
public final class SocketOption<T> {
    /** SO_REUSEADDR: bind while an old connection of the address is in TIME_WAIT. */
    public static final SocketOption<Boolean> REUSE_ADDRESS = new SocketOption<>("reuse-address", Boolean.class);
    /** SO_REUSEPORT: several sockets listen on one address and the kernel spreads connections over them. */
    public static final SocketOption<Boolean> REUSE_PORT = new SocketOption<>("reuse-port", Boolean.class);
    /** TCP_NODELAY: small segments leave at once. */
    public static final SocketOption<Boolean> NO_DELAY = new SocketOption<>("no-delay", Boolean.class);
    /** SO_RCVBUF in bytes; the kernel doubles it. */
    public static final SocketOption<Integer> RECEIVE_BUFFER = new SocketOption<>("receive-buffer", Integer.class);
    /** SO_SNDBUF in bytes; the kernel doubles it. */
    public static final SocketOption<Integer> SEND_BUFFER = new SocketOption<>("send-buffer", Integer.class);
    /** SO_KEEPALIVE: the kernel probes a silent peer. */
    public static final SocketOption<Boolean> KEEP_ALIVE = new SocketOption<>("keep-alive", Boolean.class);
    /** TCP_KEEPIDLE: silence before the first probe; whole seconds. */
    public static final SocketOption<Duration> KEEP_ALIVE_IDLE = new SocketOption<>("keep-alive-idle", Duration.class);
    /** TCP_KEEPINTVL: time between probes; whole seconds. */
    public static final SocketOption<Duration> KEEP_ALIVE_INTERVAL =
            new SocketOption<>("keep-alive-interval", Duration.class);
    /** TCP_KEEPCNT: unanswered probes until the connection is dead. */
    public static final SocketOption<Integer> KEEP_ALIVE_COUNT = new SocketOption<>("keep-alive-count", Integer.class);

    /** TCP_USER_TIMEOUT: how long sent bytes may stay unacknowledged until the connection is dead; whole milliseconds. */
    public static final SocketOption<Duration> USER_TIMEOUT = new SocketOption<>("user-timeout", Duration.class);
    /**
     * TCP_DEFER_ACCEPT: a connection waits to be accepted only once it has sent something, for about this long; whole seconds. The
     * kernel rounds it up to its own steps.
     */
    public static final SocketOption<Duration> DEFER_ACCEPT = new SocketOption<>("defer-accept", Duration.class);
    /** TCP_FASTOPEN: how many connections may wait that sent data with their SYN (RFC 7413); 0 is none. */
    public static final SocketOption<Integer> FAST_OPEN = new SocketOption<>("fast-open", Integer.class);
    /** TCP_NOTSENT_LOWAT in bytes: with this much unsent, the socket has no room. */
    public static final SocketOption<Integer> NOT_SENT_LOW_WATER =
            new SocketOption<>("not-sent-low-water", Integer.class);
    /** TCP_QUICKACK: acknowledge at once. The kernel may go back to delayed ones by itself. */
    public static final SocketOption<Boolean> QUICK_ACK = new SocketOption<>("quick-ack", Boolean.class);
    /** SO_BUSY_POLL: how long to poll the device when nothing is there; whole microseconds. */
    public static final SocketOption<Duration> BUSY_POLL = new SocketOption<>("busy-poll", Duration.class);

    private final String name;
    private final Class<T> type;

    /** A transport may have options of its own. {@code name} is what messages call it, and its key in the configuration where it has one. */
    public SocketOption(String name, Class<T> type) {
        this.name = name;
        this.type = type;
    }

    /** What messages call it; the key by which the block {@code socket} of the configuration sets it, where it has one there. */
    public String name() {
        return name;
    }

    /** The type of its value. */
    public Class<T> type() {
        return type;
    }

    @Override
    public String toString() {
        return name;
    }
}
