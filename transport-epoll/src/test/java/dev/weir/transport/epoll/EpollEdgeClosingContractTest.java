package dev.weir.transport.epoll;

import dev.weir.testkit.ClosingContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Connections on the epoll transport, edge-triggered, end as all do. */
class EpollEdgeClosingContractTest extends ClosingContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new EpollTransport(Trigger.EDGE));
    }
}
