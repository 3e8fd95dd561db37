package dev.weir.transport.nio;

import dev.weir.testkit.RealSockets;
import dev.weir.testkit.ServerContract;
import dev.weir.testkit.TransportSubject;

/** Servers on the nio transport keep the laws of all servers. */
class NioServerContractTest extends ServerContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new NioTransport());
    }
}
