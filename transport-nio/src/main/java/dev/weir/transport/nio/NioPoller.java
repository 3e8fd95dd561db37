package dev.weir.transport.nio;

import dev.weir.time.Clock;
import dev.weir.transport.Endpoint;
import dev.weir.transport.Interest;
import dev.weir.transport.ListenOptions;
import dev.weir.transport.ListeningSocket;
import dev.weir.transport.Poller;
import dev.weir.transport.StreamSocket;
import dev.weir.transport.TransportException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * The selector of one event loop. Owned by that loop; only {@link #wake()} may be called from elsewhere.
 *
 * <p>What is ready is first collected and then reported, outside of the selector's own locks; so what a report leads to may
 * register, close and connect as it likes. A socket that was closed in between is not reported.
 *
 * <p>{@link #poll} comes back about once a second, perhaps with nothing to report, while connections with an empty interest have
 * to be looked at.
 */
final class NioPoller implements Poller {
    /** Sockets reported a call: enough to share the cost of a select among many, few enough that a turn stays short. */
    static final int MOST_REPORTS = 256;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Selector selector;
    private final ResetWatch watch;
    private final PieceWriter writer = new PieceWriter();
    private final ArrayDeque<Registration> found = new ArrayDeque<>();
    private final Consumer<SelectionKey> collect = this::collect;
    private boolean mayHaveTakenWake;
    private long selects;

    private NioPoller(Selector selector, Clock clock) {
        this.selector = selector;
        this.watch = new ResetWatch(clock, this::look);
    }

    static NioPoller open(Clock clock) throws TransportException {
        try {
            NioPoller poller = new NioPoller(Selector.open(), clock);
            Failures.load();
            return poller;
        } catch (IOException e) {
            throw Failures.of("cannot open a selector", e);
        }
    }

    @Override
    public ListeningSocket bind(Endpoint address, ListenOptions options) throws TransportException {
        return new NioListeningSocket(this, Reservation.of(address, options));
    }

    @Override
    public StreamSocket connect(Endpoint address, long token) throws TransportException {
        SocketAddress target = Addresses.of(address);
        String what = "cannot connect to " + address;
        try {
            SocketChannel channel = SocketChannel.open(Addresses.family(target));
            try {
                channel.configureBlocking(false);
                channel.connect(target);
                NioStreamSocket socket = NioStreamSocket.connecting(channel, address, writer);
                socket.register(this, token, Interest.NONE);
                return socket;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            throw Failures.of(what, e);
        }
    }

    @Override
    public void register(ListeningSocket socket, long token, int interest) throws TransportException {
        ((NioListeningSocket) socket).register(token, interest);
    }

    @Override
    public void register(StreamSocket socket, long token, int interest) throws TransportException {
        ((NioStreamSocket) socket).register(this, token, interest);
    }

    /** Gives a channel its place here. */
    Registration add(SelectableChannel channel, long token) throws TransportException {
        try {
            Registration registration = new Registration(token, watch);
            registration.key(channel.register(selector, 0, registration));
            return registration;
        } catch (IOException e) {
            throw Failures.of("cannot register a socket", e);
        }
    }

    PieceWriter writer() {
        return writer;
    }

    /** How often the selector was asked. For tests, which must not measure time. */
    long selects() {
        return selects;
    }

    @Override
    public int poll(long timeoutNanos, Events events) throws TransportException {
        // An interrupt ends nothing here, and would keep every select from waiting.
        Thread.interrupted();
        boolean mayWait = found.isEmpty() && !mayHaveTakenWake;
        mayHaveTakenWake = false;
        try {
            select(mayWait ? watch.cap(timeoutNanos) : 0);
            watch.lookIfDue();
        } catch (IOException e) {
            throw Failures.of("cannot wait for sockets", e);
        }
        return report(events);
    }

    private int report(Events events) {
        int reports = 0;
        while (reports < MOST_REPORTS && !found.isEmpty()) {
            Registration registration = found.pollFirst();
            int readiness = registration.take();
            if (readiness != 0) {
                reports++;
                events.ready(registration.token(), readiness);
            }
        }
        return reports;
    }

    private void select(long nanos) throws IOException {
        selects++;
        if (nanos <= 0) {
            selector.selectNow(collect);
        } else if (nanos == FOREVER) {
            selector.select(collect);
        } else {
            selector.select(collect, millis(nanos));
        }
    }

    /** Rounded up, since a wait that ends too early is begun again and again. */
    static long millis(long nanos) {
        return nanos / NANOS_PER_MILLI + (nanos % NANOS_PER_MILLI > 0 ? 1 : 0);
    }

    private int look() throws IOException {
        selects++;
        return selector.selectNow(collect);
    }

    /** Called within a select. */
    private void collect(SelectionKey key) {
        Registration registration = (Registration) key.attachment();
        if (registration.found(key.readyOps())) {
            found.addLast(registration);
        }
    }

    /** Frees the descriptors of closed channels now and not at the next poll. */
    void releaseClosed() {
        if (!selector.isOpen()) {
            return;
        }
        try {
            look();
        } catch (IOException e) {
            // The next poll meets the same failure and tells it to the loop.
        }
        mayHaveTakenWake = true;
    }

    @Override
    public void submit() {
        // A selector gathers nothing.
    }

    @Override
    public void wake() {
        selector.wakeup();
    }

    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
