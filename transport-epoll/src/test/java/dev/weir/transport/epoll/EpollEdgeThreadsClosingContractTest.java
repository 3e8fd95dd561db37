package dev.weir.transport.epoll;

import dev.weir.testkit.ClosingContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Connections on the epoll transport, edge-triggered,, with threads of their own, end as all do. */
class EpollEdgeThreadsClosingContractTest extends ClosingContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.withThreads(new EpollTransport(Trigger.EDGE));
    }
}
