package dev.weir.transport.nio;

import dev.weir.testkit.IdleHeapContract;
import dev.weir.transport.Transport;

/** What an idle connection of the nio transport keeps on the heap: most of it is the JDK's. */
class NioIdleHeapContractTest extends IdleHeapContract {
    @Override
    protected Transport transport() {
        return new NioTransport();
    }

    @Override
    protected long mostBytes() {
        return 1_200;
    }
}
