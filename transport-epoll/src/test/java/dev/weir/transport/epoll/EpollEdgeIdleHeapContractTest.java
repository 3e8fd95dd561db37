package dev.weir.transport.epoll;

import dev.weir.testkit.IdleHeapContract;
import dev.weir.transport.Transport;

/** What an idle connection of the epoll transport, edge-triggered, keeps on the heap. */
class EpollEdgeIdleHeapContractTest extends IdleHeapContract {
    @Override
    protected Transport transport() {
        return new EpollTransport(Trigger.EDGE);
    }

    @Override
    protected long mostBytes() {
        return 420;
    }
}
