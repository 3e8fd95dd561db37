package dev.weir.transport.epoll;

import dev.weir.testkit.StreamContract;
import dev.weir.transport.Transport;

/** The epoll transport, edge-triggered, keeps the contract of all transports. */
class EpollEdgeStreamContractTest extends StreamContract {
    @Override
    protected Transport transport() {
        return new EpollTransport(Trigger.EDGE);
    }
}
