package dev.weir.transport.nio;

import dev.weir.testkit.LifecycleContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Connections on the nio transport, with threads of their own, keep the laws of every life. */
class NioThreadsLifecycleContractTest extends LifecycleContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.withThreads(new NioTransport());
    }
}
