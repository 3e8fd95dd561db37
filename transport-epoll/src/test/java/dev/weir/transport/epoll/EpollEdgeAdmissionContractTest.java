package dev.weir.transport.epoll;

import dev.weir.testkit.AdmissionContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Servers on the epoll transport, edge-triggered, admit as all do. */
class EpollEdgeAdmissionContractTest extends AdmissionContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new EpollTransport(Trigger.EDGE));
    }
}
