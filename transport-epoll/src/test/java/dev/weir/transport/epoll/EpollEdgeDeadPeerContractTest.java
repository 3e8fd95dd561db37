package dev.weir.transport.epoll;

import dev.weir.testkit.DeadPeerContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** The epoll transport, edge-triggered, finds peers that are gone. */
class EpollEdgeDeadPeerContractTest extends DeadPeerContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.withThreads(new EpollTransport(Trigger.EDGE));
    }
}
