package dev.weir.transport.epoll;

import dev.weir.testkit.RealSockets;
import dev.weir.testkit.ServerContract;
import dev.weir.testkit.TransportSubject;

/** Servers on the epoll transport, level-triggered, keep the laws of all servers. */
class EpollLevelServerContractTest extends ServerContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new EpollTransport(Trigger.LEVEL));
    }
}
