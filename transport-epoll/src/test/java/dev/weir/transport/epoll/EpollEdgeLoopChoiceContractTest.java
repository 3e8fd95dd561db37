package dev.weir.transport.epoll;

import dev.weir.testkit.LoopChoiceContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Connections on the epoll transport, edge-triggered, come to the loops that were chosen. */
class EpollEdgeLoopChoiceContractTest extends LoopChoiceContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new EpollTransport(Trigger.EDGE));
    }
}
