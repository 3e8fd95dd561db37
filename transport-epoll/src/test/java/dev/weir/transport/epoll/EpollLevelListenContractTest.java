package dev.weir.transport.epoll;

import dev.weir.testkit.ListenContract;
import dev.weir.transport.Transport;

/** The epoll transport, level-triggered, keeps the contract of all transports. */
class EpollLevelListenContractTest extends ListenContract {
    @Override
    protected Transport transport() {
        return new EpollTransport(Trigger.LEVEL);
    }
}
