package dev.weir.transport.nio;

import dev.weir.testkit.ExhaustionContract;
import dev.weir.transport.Transport;

/** Without descriptors the nio transport keeps what each policy promises. */
class NioExhaustionContractTest extends ExhaustionContract {
    @Override
    protected Transport transport() {
        return new NioTransport();
    }
}
