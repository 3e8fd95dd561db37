package dev.weir.transport.nio;

import dev.weir.testkit.BlockingContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Blocking protocols on the nio transport, with threads of its own, run as all do. */
class NioThreadsBlockingContractTest extends BlockingContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.withThreads(new NioTransport());
    }
}
