package dev.weir.transport.epoll;

import dev.weir.transport.Interest;
import dev.weir.transport.TransportException;

/**
 * Registered for what is asked for, level-triggered. Where nothing is, it is edge-triggered: epoll reports a hang-up or an error in
 * any case, and level-triggered it would do so without end.
 */
final class LevelRegistration extends Registration {
    LevelRegistration(EpollPoller poller, int fd, long token, int interest) {
        super(poller, fd, token, interest);
    }

    @Override
    int mask() {
        if (isConnecting()) {
            return Headers.EPOLLOUT;
        }
        int asked = ((interest() & Interest.READ) != 0 && !isInputEnded() ? Headers.EPOLLIN | Headers.EPOLLRDHUP : 0)
                | ((interest() & Interest.WRITE) != 0 ? Headers.EPOLLOUT : 0);
        return asked == 0 ? Headers.EPOLLET : asked;
    }

    @Override
    int take(int events) {
        return readiness(events) & wanted();
    }

    @Override
    void changed() throws TransportException {
        if (mask() != armed()) {
            poller().modify(this);
        }
    }

    @Override
    void drained() {
        // It is not reported until there is more.
    }

    @Override
    void filled() {
        // It is not reported until there is room.
    }
}
