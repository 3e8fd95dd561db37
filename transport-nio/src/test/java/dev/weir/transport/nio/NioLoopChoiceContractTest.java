package dev.weir.transport.nio;

import dev.weir.testkit.LoopChoiceContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Connections on the nio transport come to the loops that were chosen. */
class NioLoopChoiceContractTest extends LoopChoiceContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new NioTransport());
    }
}
