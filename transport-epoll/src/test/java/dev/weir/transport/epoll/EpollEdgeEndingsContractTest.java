package dev.weir.transport.epoll;

import dev.weir.testkit.EndingsContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Endings on the epoll transport, edge-triggered, are told alike everywhere. */
class EpollEdgeEndingsContractTest extends EndingsContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new EpollTransport(Trigger.EDGE));
    }
}
