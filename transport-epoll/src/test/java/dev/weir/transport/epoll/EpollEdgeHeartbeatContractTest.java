package dev.weir.transport.epoll;

import dev.weir.testkit.HeartbeatContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Connections on the epoll transport, edge-triggered, are taken for dead when they are. */
class EpollEdgeHeartbeatContractTest extends HeartbeatContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new EpollTransport(Trigger.EDGE));
    }
}
