package dev.weir.protocols.http1.conformance;

import dev.weir.transport.epoll.EpollTransport;
import dev.weir.transport.epoll.Trigger;

/** HTTP/1.1 over sockets of epoll, level-triggered. */
class EpollLevelConformanceTest extends SocketConformance {
    EpollLevelConformanceTest() {
        super(new EpollTransport(Trigger.LEVEL));
    }
}
