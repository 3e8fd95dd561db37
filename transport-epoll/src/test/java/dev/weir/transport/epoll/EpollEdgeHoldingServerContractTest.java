package dev.weir.transport.epoll;

import dev.weir.testkit.RealSockets;
import dev.weir.testkit.ServerContract;
import dev.weir.testkit.TransportSubject;
import dev.weir.testkit.holding.HoldingTransport;

/** Servers over a layer on epoll that holds input back and wants to read before it sends keep the laws of all servers. */
class EpollEdgeHoldingServerContractTest extends ServerContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(HoldingTransport.readingFirst(new EpollTransport(Trigger.EDGE), 1));
    }
}
