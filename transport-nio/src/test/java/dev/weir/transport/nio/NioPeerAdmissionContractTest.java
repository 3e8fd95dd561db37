package dev.weir.transport.nio;

import dev.weir.testkit.PeerAdmissionContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Servers on the nio transport admit by users and addresses as all do. */
class NioPeerAdmissionContractTest extends PeerAdmissionContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new NioTransport());
    }
}
