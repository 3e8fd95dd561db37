package dev.weir.transport.epoll;

import dev.weir.testkit.DescriptorLimitContract;
import dev.weir.transport.Transport;

/** The epoll transport says when no descriptor is left, as all do. */
class EpollDescriptorLimitContractTest extends DescriptorLimitContract {
    @Override
    protected Transport transport() {
        return new EpollTransport(Trigger.EDGE);
    }
}
