package dev.weir.transport.nio;

import dev.weir.testkit.StreamContract;
import dev.weir.testkit.holding.HoldingTransport;
import dev.weir.transport.Transport;

/** A layer that holds input back keeps the contract of streams over the nio transport. */
class NioHoldingStreamContractTest extends StreamContract {
    @Override
    protected Transport transport() {
        return HoldingTransport.over(new NioTransport(), 1);
    }
}
