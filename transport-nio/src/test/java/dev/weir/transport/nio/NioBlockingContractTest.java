package dev.weir.transport.nio;

import dev.weir.testkit.BlockingContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Blocking protocols on the nio transport, turned by the test, run as all do. */
class NioBlockingContractTest extends BlockingContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new NioTransport());
    }
}
