package dev.weir.transport.nio;

import dev.weir.testkit.DeadPeerContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** The nio transport finds peers that are gone. */
class NioDeadPeerContractTest extends DeadPeerContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.withThreads(new NioTransport());
    }
}
