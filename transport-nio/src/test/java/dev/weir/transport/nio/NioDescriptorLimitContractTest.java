package dev.weir.transport.nio;

import dev.weir.testkit.DescriptorLimitContract;
import dev.weir.transport.Transport;

/** The nio transport says when no descriptor is left, as all do. */
class NioDescriptorLimitContractTest extends DescriptorLimitContract {
    @Override
    protected Transport transport() {
        return new NioTransport();
    }
}
