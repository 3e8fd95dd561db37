package dev.weir.transport.epoll;

import dev.weir.transport.Readiness;

/**
 * Registered once for everything, edge-triggered. What epoll has told and nobody has used up yet is remembered; when it is asked
 * for, the poller reports it without a system call.
 */
final class EdgeRegistration extends Registration {
    private static final int EVERYTHING =
            Headers.EPOLLIN | Headers.EPOLLPRI | Headers.EPOLLOUT | Headers.EPOLLRDHUP | Headers.EPOLLET;

    private int known;
    private boolean queued;
    /** Urgent data is somewhere in the stream (tcp(7)): a receive stops short at its mark though there is more behind it. */
    private boolean hasMark;

    EdgeRegistration(EpollPoller poller, int fd, long token, int interest) {
        super(poller, fd, token, interest);
    }

    @Override
    int mask() {
        return EVERYTHING;
    }

    @Override
    int take(int events) {
        int told = readiness(events);
        known |= told & ~Readiness.FAILED;
        hasMark |= (events & Headers.EPOLLPRI) != 0;
        return told & wanted();
    }

    /** What is remembered and asked for; it is in the poller's queue no more. */
    int takeRemembered() {
        queued = false;
        return isEnded() ? 0 : known & wanted();
    }

    @Override
    void changed() {
        if (!queued && (known & wanted()) != 0) {
            queued = true;
            poller().reportRemembered(this);
        }
    }

    /** That the peer has ended is remembered until the end was received: no further event comes. */
    @Override
    void drained() {
        known &= ~Readiness.READABLE;
        hasMark = false;
    }

    @Override
    boolean mayStopShort() {
        return hasMark;
    }

    @Override
    void filled() {
        known &= ~Readiness.WRITABLE;
    }
}
