package dev.weir.transport.epoll;

import dev.weir.testkit.LifecycleContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Received byte by byte, so that every turn's budget ends in the middle: connections on epoll, level-triggered, keep the laws of every life. */
class EpollLevelByByteLifecycleContractTest extends LifecycleContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new EpollTransport(Trigger.LEVEL)).receiving(1);
    }
}
