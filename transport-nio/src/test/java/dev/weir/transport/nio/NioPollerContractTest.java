package dev.weir.transport.nio;

import dev.weir.testkit.PollerContract;
import dev.weir.transport.Transport;

/** The nio transport keeps the contract of all transports. */
class NioPollerContractTest extends PollerContract {
    @Override
    protected Transport transport() {
        return new NioTransport();
    }
}
