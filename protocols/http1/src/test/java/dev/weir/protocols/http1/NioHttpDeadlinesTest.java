package dev.weir.protocols.http1;

import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;
import dev.weir.transport.nio.NioTransport;

class NioHttpDeadlinesTest extends HttpDeadlinesContract {
    @Override
    TransportSubject subject() {
        return RealSockets.callerDriven(new NioTransport());
    }
}
