package dev.weir.transport.epoll;

import dev.weir.testkit.IdentityContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Clients are known by one name once, on the epoll transport, edge-triggered, as on all transports. */
class EpollEdgeIdentityContractTest extends IdentityContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new EpollTransport(Trigger.EDGE));
    }
}
