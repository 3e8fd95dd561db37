package dev.weir.transport.epoll;

import dev.weir.testkit.AcceptQueueContract;
import dev.weir.transport.Transport;

/** The kernel's accept queues, through the epoll transport. */
class EpollAcceptQueueContractTest extends AcceptQueueContract {
    @Override
    protected Transport transport() {
        return new EpollTransport(Trigger.EDGE);
    }
}
