package dev.weir.transport.epoll;

import dev.weir.testkit.StreamContract;
import dev.weir.testkit.holding.HoldingTransport;
import dev.weir.transport.Transport;

/** A layer that holds input back keeps the contract of streams over epoll. */
class EpollLevelHoldingStreamContractTest extends StreamContract {
    @Override
    protected Transport transport() {
        return HoldingTransport.over(new EpollTransport(Trigger.LEVEL), 1);
    }
}
