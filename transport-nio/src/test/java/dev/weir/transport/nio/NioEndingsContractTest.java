package dev.weir.transport.nio;

import dev.weir.testkit.EndingsContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Endings on the nio transport are told alike everywhere. */
class NioEndingsContractTest extends EndingsContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new NioTransport());
    }
}
