package dev.weir.transport.nio;

import dev.weir.testkit.RealSockets;
import dev.weir.testkit.ServerContract;
import dev.weir.testkit.TransportSubject;

/** Servers on the nio transport, with threads of their own, keep the laws of all servers. */
class NioThreadsServerContractTest extends ServerContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.withThreads(new NioTransport());
    }
}
