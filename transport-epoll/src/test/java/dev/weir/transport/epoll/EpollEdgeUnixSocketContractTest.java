package dev.weir.transport.epoll;

import dev.weir.testkit.UnixSocketContract;
import dev.weir.transport.Transport;

/** The epoll transport, edge-triggered, keeps the contract of all transports. */
class EpollEdgeUnixSocketContractTest extends UnixSocketContract {
    @Override
    protected Transport transport() {
        return new EpollTransport(Trigger.EDGE);
    }
}
