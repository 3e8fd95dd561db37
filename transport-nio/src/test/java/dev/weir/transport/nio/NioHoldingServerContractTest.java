package dev.weir.transport.nio;

import dev.weir.testkit.RealSockets;
import dev.weir.testkit.ServerContract;
import dev.weir.testkit.TransportSubject;
import dev.weir.testkit.holding.HoldingTransport;

/** Servers over a layer that holds input back and wants to read before it sends keep the laws of all servers. */
class NioHoldingServerContractTest extends ServerContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(HoldingTransport.readingFirst(new NioTransport(), 1));
    }
}
