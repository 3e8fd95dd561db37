package dev.weir.transport.epoll;

import dev.weir.testkit.PollerContract;
import dev.weir.transport.Transport;

/** The epoll transport, level-triggered, keeps the contract of all transports. */
class EpollLevelPollerContractTest extends PollerContract {
    @Override
    protected Transport transport() {
        return new EpollTransport(Trigger.LEVEL);
    }
}
