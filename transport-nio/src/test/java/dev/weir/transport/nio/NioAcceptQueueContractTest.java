package dev.weir.transport.nio;

import dev.weir.testkit.AcceptQueueContract;
import dev.weir.transport.Transport;

/** The kernel's accept queues, through the nio transport. */
class NioAcceptQueueContractTest extends AcceptQueueContract {
    @Override
    protected Transport transport() {
        return new NioTransport();
    }
}
