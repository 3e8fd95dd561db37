package dev.weir.transport.epoll;

import dev.weir.testkit.PollerContract;
import dev.weir.transport.Transport;

/** The epoll transport, edge-triggered, keeps the contract of all transports. */
class EpollEdgePollerContractTest extends PollerContract {
    @Override
    protected Transport transport() {
        return new EpollTransport(Trigger.EDGE);
    }
}
