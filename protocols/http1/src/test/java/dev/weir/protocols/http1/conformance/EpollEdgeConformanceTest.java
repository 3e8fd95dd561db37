package dev.weir.protocols.http1.conformance;

import dev.weir.transport.epoll.EpollTransport;
import dev.weir.transport.epoll.Trigger;

/** HTTP/1.1 over sockets of epoll, edge-triggered. */
class EpollEdgeConformanceTest extends SocketConformance {
    EpollEdgeConformanceTest() {
        super(new EpollTransport(Trigger.EDGE));
    }
}
