package dev.weir.transport.epoll;

import dev.weir.transport.Interest;
import dev.weir.transport.Readiness;
import dev.weir.transport.TransportException;

/** When epoll reports a connection. */
public enum Trigger {
    /**
     * When it becomes ready (EPOLLET): registered once, for everything, and no system call when the interest changes. What epoll has
     * told and nobody has used up yet is remembered; when it is asked for, the poller reports it without a system call.
     */
    EDGE(~Readiness.FAILED) {
        @Override
        int mask(EpollSocket socket) {
            return EVERYTHING;
        }

        @Override
        void changed(EpollSocket socket, int maskBefore) {
            socket.reportRemembered();
        }
    },

    /**
     * As long as it is ready: registered for what is asked for, and a system call for each change of interest. Where nothing is asked
     * for, it is edge-triggered: epoll reports a hang-up or an error in any case, and level-triggered it would do so without end.
     */
    LEVEL(0) {
        @Override
        int mask(EpollSocket socket) {
            if (socket.isConnecting()) {
                return Headers.EPOLLOUT;
            }
            boolean reads = (socket.askedFor() & Interest.READ) != 0 && !socket.isInputEnded();
            int asked = (reads ? Headers.EPOLLIN | Headers.EPOLLRDHUP : 0)
                    | ((socket.askedFor() & Interest.WRITE) != 0 ? Headers.EPOLLOUT : 0);
            return asked == 0 ? Headers.EPOLLET : asked;
        }

        @Override
        void changed(EpollSocket socket, int maskBefore) throws TransportException {
            if (mask(socket) != maskBefore) {
                socket.poller().modify(socket);
            }
        }
    };

    private static final int LOW_EVENTS =
            Headers.EPOLLIN | Headers.EPOLLPRI | Headers.EPOLLOUT | Headers.EPOLLERR | Headers.EPOLLHUP;

    /** Brings EPOLLRDHUP down to the bit above the others. */
    private static final int RDHUP_SHIFT = 8;

    /** What all the events say. A table, and no branches: the compiler leaves out those that no peer has made it take yet. */
    private static final byte[] READINESS = new byte[2 * (LOW_EVENTS + 1)];

    static {
        for (int i = 0; i < READINESS.length; i++) {
            READINESS[i] = told(i);
        }
    }

    private static final int EVERYTHING =
            Headers.EPOLLIN | Headers.EPOLLPRI | Headers.EPOLLOUT | Headers.EPOLLRDHUP | Headers.EPOLLET;

    private final byte remembered;

    Trigger(int remembered) {
        this.remembered = (byte) remembered;
    }

    /** {@link Readiness} bits and {@link EpollSocket#MARK} that are kept once they were told. A failure is reported at once. */
    byte remembered() {
        return remembered;
    }

    /** What epoll is to be asked for now. */
    abstract int mask(EpollSocket socket);

    /** What is asked for, or what is known of the socket, has changed. */
    abstract void changed(EpollSocket socket, int maskBefore) throws TransportException;

    /**
     * What an event says. EPOLLHUP alone is no failure: it is also what remains when both sides have ended their halves in good
     * order, perhaps with bytes unread.
     */
    static byte readiness(int events) {
        return READINESS[(events & LOW_EVENTS) | (events & Headers.EPOLLRDHUP) >> RDHUP_SHIFT];
    }

    /** The entry of the table at an index. */
    private static byte told(int index) {
        boolean failed = (index & Headers.EPOLLERR) != 0;
        boolean hungUp = (index & Headers.EPOLLHUP) != 0;
        boolean peerEnded = failed || hungUp || (index & Headers.EPOLLRDHUP >> RDHUP_SHIFT) != 0;
        return (byte) (((index & Headers.EPOLLIN) != 0 || peerEnded ? Readiness.READABLE : 0)
                | ((index & Headers.EPOLLOUT) != 0 || failed || hungUp ? Readiness.WRITABLE : 0)
                | (peerEnded ? Readiness.PEER_ENDED : 0)
                | (failed ? Readiness.FAILED : 0)
                | ((index & Headers.EPOLLPRI) != 0 ? EpollSocket.MARK : 0));
    }
}
