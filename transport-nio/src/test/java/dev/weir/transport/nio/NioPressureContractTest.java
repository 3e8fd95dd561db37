package dev.weir.transport.nio;

import dev.weir.testkit.PressureContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Connections on the nio transport end as all do. */
class NioPressureContractTest extends PressureContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new NioTransport());
    }
}
