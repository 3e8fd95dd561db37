package dev.weir.transport.nio;

import dev.weir.testkit.IdentityContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Clients are known by one name once, on the nio transport as on all transports. */
class NioIdentityContractTest extends IdentityContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new NioTransport());
    }
}
