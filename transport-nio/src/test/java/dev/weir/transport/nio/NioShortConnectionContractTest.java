package dev.weir.transport.nio;

import dev.weir.testkit.RealSockets;
import dev.weir.testkit.ShortConnectionContract;
import dev.weir.testkit.TransportSubject;

/** Short connections on the nio transport get one reply, as on all transports. */
class NioShortConnectionContractTest extends ShortConnectionContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new NioTransport());
    }
}
