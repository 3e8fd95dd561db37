package dev.weir.transport.epoll;

import dev.weir.transport.Interest;
import dev.weir.transport.Readiness;
import dev.weir.transport.TransportException;

/**
 * A socket's place in a poller: under which token it is reported, what is asked for, and what epoll is asked for. Owned by the
 * poller's loop.
 */
abstract sealed class Registration permits EdgeRegistration, LevelRegistration {
    private static final int FOR_READ = Readiness.READABLE | Readiness.PEER_ENDED;

    private final EpollPoller poller;
    private final int fd;
    private final long token;
    private long data;
    private int armed;
    private int interest;
    private boolean connecting;
    private boolean inputEnded;
    private boolean ended;

    Registration(EpollPoller poller, int fd, long token, int interest) {
        this.poller = poller;
        this.fd = fd;
        this.token = token;
        this.interest = interest;
    }

    EpollPoller poller() {
        return poller;
    }

    int fd() {
        return fd;
    }

    /** The token under which it is reported. */
    long token() {
        return token;
    }

    /** What comes with its events. */
    long data() {
        return data;
    }

    void data(long itsData) {
        data = itsData;
    }

    /** What epoll was last asked for. */
    int armed() {
        return armed;
    }

    void armed(int mask) {
        armed = mask;
    }

    /** What epoll is to be asked for now. */
    abstract int mask();

    /** What is to be reported of an event, given what is asked for; 0 for nothing. */
    abstract int take(int events);

    /** What is asked for, or what is known of the socket, has changed. */
    abstract void changed() throws TransportException;

    /** A receive has given all that there was. */
    abstract void drained();

    /** True when a short receive does not mean that there is no more. */
    boolean mayStopShort() {
        return false;
    }

    /** A send has filled the socket. */
    abstract void filled();

    int interest() {
        return interest;
    }

    void interest(int bits) throws TransportException {
        interest = bits;
        changed();
    }

    boolean isConnecting() {
        return connecting;
    }

    /** Its outcome is reported whatever is asked for. */
    void connecting() {
        connecting = true;
    }

    void connected() throws TransportException {
        connecting = false;
        changed();
    }

    boolean isInputEnded() {
        return inputEnded;
    }

    /** The end of input, or an error, was received: it would be reported again and again. */
    void inputEnded() throws TransportException {
        inputEnded = true;
        changed();
    }

    /** True once the socket is closed: it is reported no more. */
    boolean isEnded() {
        return ended;
    }

    void end() {
        ended = true;
        poller.remove(this);
    }

    /** The readiness that is worth a report now. A failure always is. */
    final int wanted() {
        if (connecting) {
            return Readiness.WRITABLE | Readiness.FAILED;
        }
        return Readiness.FAILED
                | ((interest & Interest.READ) != 0 && !inputEnded ? FOR_READ : 0)
                | ((interest & Interest.WRITE) != 0 ? Readiness.WRITABLE : 0);
    }

    /**
     * What an event says. EPOLLHUP alone is no failure: it is also what remains when both sides have ended their halves in good
     * order, perhaps with bytes unread.
     */
    static int readiness(int events) {
        boolean failed = (events & Headers.EPOLLERR) != 0;
        boolean hungUp = (events & Headers.EPOLLHUP) != 0;
        boolean peerEnded = failed || hungUp || (events & Headers.EPOLLRDHUP) != 0;
        return ((events & Headers.EPOLLIN) != 0 || peerEnded ? Readiness.READABLE : 0)
                | ((events & Headers.EPOLLOUT) != 0 || failed || hungUp ? Readiness.WRITABLE : 0)
                | (peerEnded ? Readiness.PEER_ENDED : 0)
                | (failed ? Readiness.FAILED : 0);
    }
}
