package dev.weir.transport.epoll;

import dev.weir.testkit.UnixSocketContract;
import dev.weir.transport.Transport;

/** The epoll transport, level-triggered, keeps the contract of all transports. */
class EpollLevelUnixSocketContractTest extends UnixSocketContract {
    @Override
    protected Transport transport() {
        return new EpollTransport(Trigger.LEVEL);
    }
}
