package dev.weir.transport.epoll;

import dev.weir.testkit.PressureContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Connections on the epoll transport, edge-triggered, withstand pressure as all do. */
class EpollEdgePressureContractTest extends PressureContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new EpollTransport(Trigger.EDGE));
    }
}
