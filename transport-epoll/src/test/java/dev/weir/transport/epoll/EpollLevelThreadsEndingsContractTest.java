package dev.weir.transport.epoll;

import dev.weir.testkit.EndingsContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Endings on the epoll transport with threads are told alike everywhere. */
class EpollLevelThreadsEndingsContractTest extends EndingsContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.withThreads(new EpollTransport(Trigger.LEVEL));
    }
}
