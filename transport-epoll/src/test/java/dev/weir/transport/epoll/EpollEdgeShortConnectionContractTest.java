package dev.weir.transport.epoll;

import dev.weir.testkit.RealSockets;
import dev.weir.testkit.ShortConnectionContract;
import dev.weir.testkit.TransportSubject;

/** Short connections on the epoll transport, edge-triggered, get one reply, as on all transports. */
class EpollEdgeShortConnectionContractTest extends ShortConnectionContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new EpollTransport(Trigger.EDGE));
    }
}
