package dev.weir.transport.epoll;

import dev.weir.testkit.RealSockets;
import dev.weir.testkit.ServerContract;
import dev.weir.testkit.TransportSubject;

/** Servers on the epoll transport, level-triggered,, with threads of their own, keep the laws of all servers. */
class EpollLevelThreadsServerContractTest extends ServerContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.withThreads(new EpollTransport(Trigger.LEVEL));
    }
}
