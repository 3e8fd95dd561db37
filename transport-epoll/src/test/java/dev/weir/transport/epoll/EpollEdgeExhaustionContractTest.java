package dev.weir.transport.epoll;

import dev.weir.testkit.ExhaustionContract;
import dev.weir.transport.Transport;

/** Without descriptors the epoll transport, edge-triggered, keeps what each policy promises. */
class EpollEdgeExhaustionContractTest extends ExhaustionContract {
    @Override
    protected Transport transport() {
        return new EpollTransport(Trigger.EDGE);
    }
}
