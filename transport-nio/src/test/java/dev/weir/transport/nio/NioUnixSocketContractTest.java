package dev.weir.transport.nio;

import dev.weir.testkit.UnixSocketContract;
import dev.weir.transport.Transport;

/** The nio transport keeps the contract of all transports. */
class NioUnixSocketContractTest extends UnixSocketContract {
    @Override
    protected Transport transport() {
        return new NioTransport();
    }
}
