package dev.weir.transport.epoll;

import dev.weir.testkit.IdentityContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Clients are known by one name once, on the epoll transport with threads as on all transports. */
class EpollLevelThreadsIdentityContractTest extends IdentityContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.withThreads(new EpollTransport(Trigger.LEVEL));
    }
}
