package dev.weir.transport.epoll;

import dev.weir.testkit.HalfCloseContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Half-closed connections on the epoll transport, edge-triggered keep the laws of all. */
class EpollEdgeHalfCloseContractTest extends HalfCloseContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new EpollTransport(Trigger.EDGE));
    }
}
