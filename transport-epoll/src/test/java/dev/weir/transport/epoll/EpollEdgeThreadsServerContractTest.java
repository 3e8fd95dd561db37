package dev.weir.transport.epoll;

import dev.weir.testkit.RealSockets;
import dev.weir.testkit.ServerContract;
import dev.weir.testkit.TransportSubject;

/** Servers on the epoll transport, edge-triggered,, with threads of their own, keep the laws of all servers. */
class EpollEdgeThreadsServerContractTest extends ServerContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.withThreads(new EpollTransport(Trigger.EDGE));
    }
}
