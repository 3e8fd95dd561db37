package dev.weir.protocols.http1.conformance;

import dev.weir.transport.nio.NioTransport;

/** HTTP/1.1 over sockets of nio. */
class NioConformanceTest extends SocketConformance {
    NioConformanceTest() {
        super(new NioTransport());
    }
}
