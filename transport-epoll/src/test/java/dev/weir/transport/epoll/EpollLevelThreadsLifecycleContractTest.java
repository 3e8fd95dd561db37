package dev.weir.transport.epoll;

import dev.weir.testkit.LifecycleContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Connections on the epoll transport, level-triggered,, with threads of their own, keep the laws of every life. */
class EpollLevelThreadsLifecycleContractTest extends LifecycleContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.withThreads(new EpollTransport(Trigger.LEVEL));
    }
}
