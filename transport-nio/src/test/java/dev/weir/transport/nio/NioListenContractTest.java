package dev.weir.transport.nio;

import dev.weir.testkit.ListenContract;
import dev.weir.transport.Transport;

/** The nio transport keeps the contract of all transports. */
class NioListenContractTest extends ListenContract {
    @Override
    protected Transport transport() {
        return new NioTransport();
    }
}
