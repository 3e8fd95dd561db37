package dev.weir.transport.epoll;

import dev.weir.testkit.ClosingContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Received byte by byte, so that every turn's budget ends in the middle: connections on epoll, edge-triggered, keep the laws of every ending. */
class EpollEdgeByByteClosingContractTest extends ClosingContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new EpollTransport(Trigger.EDGE)).receiving(1);
    }
}
