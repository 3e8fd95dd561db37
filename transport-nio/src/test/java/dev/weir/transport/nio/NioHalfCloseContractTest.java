package dev.weir.transport.nio;

import dev.weir.testkit.HalfCloseContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Half-closed connections on the nio transport keep the laws of all. */
class NioHalfCloseContractTest extends HalfCloseContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new NioTransport());
    }
}
