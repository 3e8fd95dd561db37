package dev.weir.transport.epoll;

import dev.weir.testkit.BlockingContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Blocking protocols on the epoll transport, level-triggered,, with threads of their own, keep the laws of all. */
class EpollLevelThreadsBlockingContractTest extends BlockingContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.withThreads(new EpollTransport(Trigger.LEVEL));
    }
}
