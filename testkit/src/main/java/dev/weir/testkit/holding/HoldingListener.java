package dev.weir.testkit.holding;

import dev.weir.transport.Endpoint;
import dev.weir.transport.ListeningSocket;
import dev.weir.transport.StreamSocket;
import dev.weir.transport.TransportException;

/** Gives what the other transport accepts as holding sockets. */
final class HoldingListener implements ListeningSocket {
    private final ListeningSocket inner;
    private final HoldingTransport transport;

    HoldingListener(ListeningSocket inner, HoldingTransport transport) {
        this.inner = inner;
        this.transport = transport;
    }

    ListeningSocket inner() {
        return inner;
    }

    @Override
    public void listen() throws TransportException {
        inner.listen();
    }

    @Override
    public Endpoint localAddress() {
        return inner.localAddress();
    }

    @Override
    public StreamSocket accept() throws TransportException {
        StreamSocket accepted = inner.accept();
        return accepted == null ? null : new HoldingSocket(accepted, transport);
    }

    @Override
    public void interest(int interest) throws TransportException {
        inner.interest(interest);
    }

    @Override
    public void close() {
        inner.close();
    }
}
