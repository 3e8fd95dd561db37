package dev.weir.transport.nio;

import dev.weir.testkit.LifecycleContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Connections on the nio transport keep the laws of every life. */
class NioLifecycleContractTest extends LifecycleContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new NioTransport());
    }
}
