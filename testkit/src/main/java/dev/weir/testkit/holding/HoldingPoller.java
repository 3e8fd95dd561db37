package dev.weir.testkit.holding;

import dev.weir.transport.Endpoint;
import dev.weir.transport.Interest;
import dev.weir.transport.ListenOptions;
import dev.weir.transport.ListeningSocket;
import dev.weir.transport.Poller;
import dev.weir.transport.Readiness;
import dev.weir.transport.StreamSocket;
import dev.weir.transport.TransportException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads for the sends that wait for it, and reports their sockets writable then; the rest is the other poller's. */
final class HoldingPoller implements Poller {
    private final Poller inner;
    private final HoldingTransport transport;
    private final Map<Long, HoldingSocket> sockets = new HashMap<>();
    private final List<HoldingSocket> reading = new ArrayList<>();

    HoldingPoller(Poller inner, HoldingTransport transport) {
        this.inner = inner;
        this.transport = transport;
    }

    @Override
    public ListeningSocket bind(Endpoint address, ListenOptions options) throws TransportException {
        return new HoldingListener(inner.bind(address, options), transport);
    }

    @Override
    public StreamSocket connect(Endpoint address, long token) throws TransportException {
        HoldingSocket socket = new HoldingSocket(inner.connect(address, token), transport);
        add(socket, token, Interest.NONE);
        return socket;
    }

    @Override
    public void register(ListeningSocket socket, long token, int interest) throws TransportException {
        inner.register(((HoldingListener) socket).inner(), token, interest);
    }

    @Override
    public void register(StreamSocket socket, long token, int interest) throws TransportException {
        HoldingSocket holding = (HoldingSocket) socket;
        inner.register(holding.inner(), token, interest);
        add(holding, token, interest);
    }

    private void add(HoldingSocket socket, long token, int interest) {
        socket.registered(this, token, interest);
        sockets.put(token, socket);
    }

    /** This socket's send waits for a read. */
    void readFor(HoldingSocket socket) {
        reading.add(socket);
    }

    void forget(HoldingSocket socket) {
        sockets.remove(socket.token());
        reading.remove(socket);
    }

    @Override
    public int poll(long timeoutNanos, Events events) throws TransportException {
        List<HoldingSocket> readNow =
                reading.stream().filter(HoldingSocket::wantsToWrite).toList();
        int[] dropped = {0};
        int reports = inner.poll(readNow.isEmpty() ? timeoutNanos : 0, new Events() {
            @Override
            public void ready(long token, int readiness) {
                HoldingSocket socket = sockets.get(token);
                if (socket != null && (readiness & ~Readiness.WRITABLE) != 0) {
                    socket.announced();
                }
                int left = socket != null && socket.waitsForRead() ? readiness & ~Readiness.WRITABLE : readiness;
                if (left == 0) {
                    dropped[0]++;
                } else {
                    events.ready(token, left);
                }
            }

            @Override
            public void sent(long token, long bytes) {
                events.sent(token, bytes);
            }
        });
        reports -= dropped[0];
        for (HoldingSocket socket : readNow) {
            // Perhaps closed by what was reported before.
            if (reading.remove(socket)) {
                socket.readForSend();
                reports++;
                events.ready(socket.token(), Readiness.WRITABLE);
            }
        }
        return reports;
    }

    @Override
    public void submit() throws TransportException {
        inner.submit();
    }

    @Override
    public void wake() {
        inner.wake();
    }

    @Override
    public void close() {
        inner.close();
    }
}
