package dev.weir.transport.epoll;

import dev.weir.testkit.ClosingContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Connections on the epoll transport, level-triggered,, with threads of their own, end as all do. */
class EpollLevelThreadsClosingContractTest extends ClosingContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.withThreads(new EpollTransport(Trigger.LEVEL));
    }
}
