package dev.weir.transport.epoll;

import dev.weir.testkit.PeerAdmissionContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Servers on the epoll transport, edge-triggered, admit by users and addresses as all do. */
class EpollEdgePeerAdmissionContractTest extends PeerAdmissionContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new EpollTransport(Trigger.EDGE));
    }
}
