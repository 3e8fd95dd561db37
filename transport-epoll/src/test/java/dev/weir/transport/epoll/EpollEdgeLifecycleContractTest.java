package dev.weir.transport.epoll;

import dev.weir.testkit.LifecycleContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Connections on the epoll transport, edge-triggered, keep the laws of every life. */
class EpollEdgeLifecycleContractTest extends LifecycleContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new EpollTransport(Trigger.EDGE));
    }
}
