package dev.weir.transport.epoll;

import dev.weir.fault.Errno;
import dev.weir.transport.Interest;
import dev.weir.transport.Readiness;
import dev.weir.transport.TransportException;

/**
 * A socket as its poller knows it: under which token it is reported, what is asked for, and what is known of its readiness. The
 * {@link Trigger} decides what follows from that. Owned by the poller's loop.
 *
 * <p>The socket and its place in the poller are one object, as a server has them by the ten thousand; hence the small types of its
 * fields, too.
 */
abstract sealed class EpollSocket permits EpollStreamSocket, EpollListeningSocket {
    /**
     * Beside the bits of {@link Readiness}: urgent data is somewhere in the stream (tcp(7)), so a receive stops short at its mark
     * though there is more behind it. Never reported.
     */
    static final byte MARK = 0x40;

    private static final int FOR_READ = Readiness.READABLE | Readiness.PEER_ENDED;

    /** No event has such data: no slot is negative. */
    private static final long UNREGISTERED = -2;

    private final int fd;
    private EpollPoller poller;
    private long token;
    private long data = UNREGISTERED;
    /** A set of {@link Interest} bits. */
    private byte interest;
    /** {@link Readiness} bits that are worth a report now. */
    private byte wanted = Readiness.FAILED;
    /** What of an event is kept: {@link Trigger#remembered()}, here so that an event makes no detour. */
    private byte remembered;
    /** {@link Readiness} bits and {@link #MARK}: what epoll has told and nobody has used up yet. Kept for edges, which are not repeated. */
    private byte known;
    /** True while it stands in the poller's queue of those with something to report that is known already. */
    private boolean queued;

    private boolean connecting;
    private boolean inputEnded;
    private boolean closed;

    EpollSocket(EpollPoller poller, int fd) {
        this.poller = poller;
        this.fd = fd;
    }

    /** When epoll reports it. */
    abstract Trigger trigger();

    /** Where it listens or whom it is connected to, for messages. */
    abstract String name();

    /** From now on this poller reports it. */
    final void registerWith(EpollPoller itsPoller, long itsToken, int itsInterest) throws TransportException {
        if (isRegistered()) {
            throw new TransportException(Errno.EEXIST, name() + " is registered with a poller already");
        }
        poller = itsPoller;
        token = itsToken;
        interest = (byte) itsInterest;
        remembered = trigger().remembered();
        settleWanted();
        itsPoller.add(this);
    }

    final EpollPoller poller() {
        return poller;
    }

    final int fd() {
        return fd;
    }

    /** The token under which it is reported. */
    final long token() {
        return token;
    }

    /** What comes with its events. */
    final long data() {
        return data;
    }

    final void data(long itsData) {
        data = itsData;
    }

    final void forgetData() {
        data = UNREGISTERED;
    }

    final boolean isRegistered() {
        return data != UNREGISTERED;
    }

    /** What epoll is to be asked for now. */
    final int mask() {
        return trigger().mask(this);
    }

    /** What is to be reported of an event, given what is asked for; 0 for nothing. */
    final int take(int events) {
        byte told = Trigger.readiness(events);
        known |= (byte) (told & remembered);
        return told & wanted;
    }

    final int askedFor() {
        return interest;
    }

    final void askFor(int bits) throws TransportException {
        if (!isRegistered()) {
            throw new IllegalStateException(name() + " is not registered with a poller");
        }
        int before = mask();
        interest = (byte) bits;
        settleWanted();
        trigger().changed(this, before);
    }

    final boolean isConnecting() {
        return connecting;
    }

    /** Its outcome is reported whatever is asked for. */
    final void connecting() {
        connecting = true;
        settleWanted();
    }

    final void connected() throws TransportException {
        int before = mask();
        connecting = false;
        settleWanted();
        trigger().changed(this, before);
    }

    final boolean isInputEnded() {
        return inputEnded;
    }

    /** The end of input, or an error, was received: it would be reported again and again. */
    final void inputEnded() throws TransportException {
        if (isRegistered()) {
            int before = mask();
            inputEnded = true;
            settleWanted();
            trigger().changed(this, before);
        }
    }

    /** A receive has given all that there was. That the peer has ended is remembered until the end was received: no further event comes. */
    final void drained() {
        known &= ~(Readiness.READABLE | MARK);
    }

    /** A send has filled the socket. */
    final void filled() {
        known &= ~Readiness.WRITABLE;
    }

    /** True when a short receive does not mean that there is no more. */
    final boolean mayStopShort() {
        return (known & MARK) != 0;
    }

    /** What is remembered and asked for is reported by the next poll. */
    final void reportRemembered() {
        if (!queued && (known & wanted()) != 0) {
            queued = true;
            poller.reportRemembered(this);
        }
    }

    /** What is remembered and asked for; it is in the poller's queue no more. */
    final int takeRemembered() {
        queued = false;
        return closed ? 0 : known & wanted();
    }

    final boolean isClosed() {
        return closed;
    }

    /** It is being closed: it is reported no more. @return false when it was closed before */
    final boolean end() {
        if (closed) {
            return false;
        }
        closed = true;
        if (isRegistered()) {
            poller.remove(this);
        }
        return true;
    }

    /** The readiness that is worth a report now. A failure always is. */
    final int wanted() {
        return wanted;
    }

    private void settleWanted() {
        if (connecting) {
            wanted = Readiness.WRITABLE | Readiness.FAILED;
        } else {
            wanted = (byte) (Readiness.FAILED
                    | ((interest & Interest.READ) != 0 && !inputEnded ? FOR_READ : 0)
                    | ((interest & Interest.WRITE) != 0 ? Readiness.WRITABLE : 0));
        }
    }
}
