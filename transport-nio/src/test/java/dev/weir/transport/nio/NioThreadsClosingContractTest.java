package dev.weir.transport.nio;

import dev.weir.testkit.ClosingContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Connections on the nio transport, with threads of their own, end as all do. */
class NioThreadsClosingContractTest extends ClosingContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.withThreads(new NioTransport());
    }
}
