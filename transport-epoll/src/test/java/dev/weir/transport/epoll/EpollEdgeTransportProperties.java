package dev.weir.transport.epoll;

import dev.weir.testkit.TransportLaws;
import dev.weir.transport.Transport;

/** The epoll transport, edge-triggered, keeps the laws of all transports. */
class EpollEdgeTransportProperties extends TransportLaws {
    @Override
    protected Transport transport() {
        return new EpollTransport(Trigger.EDGE);
    }
}
