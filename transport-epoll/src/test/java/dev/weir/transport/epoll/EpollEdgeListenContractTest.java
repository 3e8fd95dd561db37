package dev.weir.transport.epoll;

import dev.weir.testkit.ListenContract;
import dev.weir.transport.Transport;

/** The epoll transport, edge-triggered, keeps the contract of all transports. */
class EpollEdgeListenContractTest extends ListenContract {
    @Override
    protected Transport transport() {
        return new EpollTransport(Trigger.EDGE);
    }
}
