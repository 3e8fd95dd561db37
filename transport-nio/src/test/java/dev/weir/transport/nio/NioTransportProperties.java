package dev.weir.transport.nio;

import dev.weir.testkit.TransportLaws;
import dev.weir.transport.Transport;

/** The nio transport keeps the laws of all transports. */
class NioTransportProperties extends TransportLaws {
    @Override
    protected Transport transport() {
        return new NioTransport();
    }
}
