package dev.weir.server;

import dev.weir.time.Clock;
import dev.weir.transport.Availability;
import dev.weir.transport.Capabilities;
import dev.weir.transport.Endpoint;
import dev.weir.transport.ListenOptions;
import dev.weir.transport.ListeningSocket;
import dev.weir.transport.Pieces;
import dev.weir.transport.Poller;
import dev.weir.transport.Readiness;
import dev.weir.transport.ReceiveBuffer;
import dev.weir.transport.SocketOption;
import dev.weir.transport.StreamSocket;
import dev.weir.transport.Transport;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A transport without a system: each of its connections has received the same bytes once more whenever it is polled, and takes all that
 * is sent. So what is measured is Weir alone. Its pollers share nothing that changes.
 */
final class RepeatingTransport implements Transport {
    private static final Endpoint ADDRESS =
            new Endpoint.Inet(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));

    private final ByteBuf input;
    private final int connections;

    /**
     * @param input what a connection receives at each poll
     * @param connections how many come
     */
    RepeatingTransport(ByteBuf input, int connections) {
        this.input = input;
        this.connections = connections;
    }

    @Override
    public String name() {
        return "repeating";
    }

    @Override
    public Availability availability() {
        return new Availability.Available("needs nothing");
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                Set.of(SocketOption.REUSE_ADDRESS), Set.of(SocketOption.NO_DELAY), Set.of(), false, false, false);
    }

    @Override
    public Poller openPoller(Clock clock) {
        return new RepeatingPoller();
    }

    private final class RepeatingPoller implements Poller {
        private final List<Long> tokens = new ArrayList<>();
        /** Its own: even to read a buffer may change what it keeps for readers. */
        private final ByteBuf own = input.copy();

        private int waiting = connections;
        private long listener = -1;

        @Override
        public ListeningSocket bind(Endpoint address, ListenOptions options) {
            return new Listener();
        }

        @Override
        public StreamSocket connect(Endpoint address, long token) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void register(ListeningSocket socket, long token, int interest) {
            listener = token;
        }

        @Override
        public void register(StreamSocket socket, long token, int interest) {
            ((Repeating) socket).input = own;
            tokens.add(token);
        }

        @Override
        public int poll(long timeoutNanos, Events events) {
            if (listener >= 0 && waiting > 0) {
                events.ready(listener, Readiness.READABLE);
                return 1;
            }
            for (int i = 0; i < tokens.size(); i++) {
                events.ready(tokens.get(i), Readiness.READABLE);
            }
            return tokens.size();
        }

        @Override
        public void submit() {}

        @Override
        public void wake() {}

        @Override
        public void close() {
            own.release();
        }

        private final class Listener implements ListeningSocket {
            @Override
            public void listen() {}

            @Override
            public Endpoint localAddress() {
                return ADDRESS;
            }

            @Override
            public StreamSocket accept() {
                if (waiting == 0) {
                    return null;
                }
                waiting--;
                return new Repeating();
            }

            @Override
            public void interest(int interest) {}

            @Override
            public void close() {}
        }
    }

    private static final class Repeating implements StreamSocket {
        private ByteBuf input;

        @Override
        public int receive(ReceiveBuffer into) {
            int count = input.readableBytes();
            into.space().writeBytes(input, 0, count);
            return count;
        }

        @Override
        public long send(Pieces pieces) {
            long taken = 0;
            for (int i = 0; i < pieces.count(); i++) {
                taken += pieces.bytes(i).readableBytes();
            }
            return taken;
        }

        @Override
        public boolean sendsAtOnce() {
            return true;
        }

        @Override
        public void shutdownOutput() {}

        @Override
        public boolean finishConnect() {
            return true;
        }

        @Override
        public void interest(int interest) {}

        @Override
        public <T> void option(SocketOption<T> option, T value) {}

        @Override
        public <T> T option(SocketOption<T> option) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Endpoint localAddress() {
            return ADDRESS;
        }

        @Override
        public Endpoint remoteAddress() {
            return ADDRESS;
        }

        @Override
        public void close() {}

        @Override
        public void abort() {}
    }
}
