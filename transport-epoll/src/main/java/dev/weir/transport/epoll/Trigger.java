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
    EDGE {
        @Override
        int mask(EpollSocket socket) {
            return EVERYTHING;
        }

        @Override
        int take(EpollSocket socket, int events) {
            int told = readiness(events);
            socket.remember(told, (events & Headers.EPOLLPRI) != 0);
            return told & socket.wanted();
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
    LEVEL {
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
        int take(EpollSocket socket, int events) {
            return readiness(events) & socket.wanted();
        }

        @Override
        void changed(EpollSocket socket, int maskBefore) throws TransportException {
            if (mask(socket) != maskBefore) {
                socket.poller().modify(socket);
            }
        }
    };

    private static final int EVERYTHING =
            Headers.EPOLLIN | Headers.EPOLLPRI | Headers.EPOLLOUT | Headers.EPOLLRDHUP | Headers.EPOLLET;

    /** What epoll is to be asked for now. */
    abstract int mask(EpollSocket socket);

    /** What is to be reported of an event, given what is asked for; 0 for nothing. */
    abstract int take(EpollSocket socket, int events);

    /** What is asked for, or what is known of the socket, has changed. */
    abstract void changed(EpollSocket socket, int maskBefore) throws TransportException;

    /**
     * What an event says. EPOLLHUP alone is no failure: it is also what remains when both sides have ended their halves in good
     * order, perhaps with bytes unread.
     */
    private static int readiness(int events) {
        boolean failed = (events & Headers.EPOLLERR) != 0;
        boolean hungUp = (events & Headers.EPOLLHUP) != 0;
        boolean peerEnded = failed || hungUp || (events & Headers.EPOLLRDHUP) != 0;
        return ((events & Headers.EPOLLIN) != 0 || peerEnded ? Readiness.READABLE : 0)
                | ((events & Headers.EPOLLOUT) != 0 || failed || hungUp ? Readiness.WRITABLE : 0)
                | (peerEnded ? Readiness.PEER_ENDED : 0)
                | (failed ? Readiness.FAILED : 0);
    }
}
