package dev.weir.transport.epoll;

import dev.weir.testkit.BlockingContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Blocking protocols on the epoll transport, edge-triggered, keep the laws of all. */
class EpollEdgeBlockingContractTest extends BlockingContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new EpollTransport(Trigger.EDGE));
    }
}
