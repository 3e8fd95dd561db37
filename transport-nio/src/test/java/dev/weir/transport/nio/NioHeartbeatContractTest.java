package dev.weir.transport.nio;

import dev.weir.testkit.HeartbeatContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Connections on the nio transport are taken for dead when they are. */
class NioHeartbeatContractTest extends HeartbeatContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new NioTransport());
    }
}
