package dev.weir.transport.nio;

import dev.weir.testkit.StreamContract;
import dev.weir.transport.Transport;

/** The nio transport keeps the contract of all transports. */
class NioStreamContractTest extends StreamContract {
    @Override
    protected Transport transport() {
        return new NioTransport();
    }
}
