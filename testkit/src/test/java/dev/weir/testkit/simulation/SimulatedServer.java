package dev.weir.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.codec.Codec;
import dev.weir.codec.CodecFactory;
import dev.weir.codec.MessageWindow;
import dev.weir.codec.Output;
import dev.weir.connection.Connection;
import dev.weir.engine.ServerMetrics;
import dev.weir.lifecycle.DescriptorPolicy;
import dev.weir.lifecycle.PolicyKind;
import dev.weir.loop.EventLoop;
import dev.weir.plugin.Plugin;
import dev.weir.plugin.PluginCatalog;
import dev.weir.plugin.PluginModule;
import dev.weir.protocol.Coalescing;
import dev.weir.protocol.Goodbye;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Pings;
import dev.weir.protocol.Session;
import dev.weir.server.DescriptorLimits;
import dev.weir.server.Weir;
import dev.weir.server.WeirBuilder;
import dev.weir.testkit.BytesProtocol;
import dev.weir.testkit.Peer;
import dev.weir.transport.TransportException;
import dev.weir.wiring.KernelPlugin;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A Weir with one server and one loop on a simulated network, turned by the test. Closing it checks that nothing was kept: no
 * descriptor, buffer, token or timer.
 */
final class SimulatedServer implements AutoCloseable {
    /** More turns than any run here needs. */
    private static final int MOST_TURNS = 200_000;

    final SimulatedTransport network;
    final Weir weir;
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final List<SimulatedPeer> peers = new ArrayList<>();

    /** Starts it; {@code settings} are HOCON for the block weir, on top of the defaults. */
    SimulatedServer(
            SimulatedTransport network, Function<Session<ByteBuf>, Handler<ByteBuf>> handlers, String... settings)
            throws Exception {
        this(network, handlers, builder -> {}, settings);
    }

    /** The same, of a builder to which this was done first. */
    SimulatedServer(
            SimulatedTransport network,
            Function<Session<ByteBuf>, Handler<ByteBuf>> handlers,
            Consumer<WeirBuilder> first,
            String... settings)
            throws Exception {
        this(network, new Tested(handlers, Optional.empty()), first, settings);
    }

    /** The same, of a protocol that may have a last word. */
    SimulatedServer(SimulatedTransport network, Tested protocol, Consumer<WeirBuilder> first, String... settings)
            throws Exception {
        this.network = network;
        String config = """
                weir {
                  event-loops = 1
                  # Where accept fails for want of a descriptor, now and then, nobody is to lose its connection.
                  process.descriptors.on-exhausted = pause
                  servers.test { listen = "127.0.0.1:0", codec = bytes, protocol = tested }
                }
                weir { %s }
                """.formatted(String.join(", ", settings));
        WeirBuilder builder = Weir.builder();
        first.accept(builder);
        weir = builder.transport(network)
                .clock(network.clock())
                .allocator(allocator)
                .descriptors(new DescriptorLimits(1_000_000, 0))
                .plugins(PluginCatalog.of(new KernelPlugin(), new TestPlugin(protocol)))
                .poisonLentMessages()
                .callerDriven()
                .config(config)
                .build();
        weir.start();
    }

    /** A peer whose connection was not lost while it was accepted. */
    SimulatedPeer connectOpen() throws TransportException {
        while (true) {
            long opened = metrics().opened();
            SimulatedPeer peer = connect();
            weir.turn();
            until("the connection is accepted or lost", () -> {
                peer.take(1);
                boolean known = metrics().opened() > opened || peer.input() != Peer.Input.OPEN;
                // The listener may pause for want of a descriptor.
                network.clock().advanceNanos(known ? 0 : 10_000_000);
                return known;
            });
            if (peer.input() == Peer.Input.OPEN) {
                return peer;
            }
        }
    }

    SimulatedPeer connect() throws TransportException {
        SimulatedPeer peer = network.connect(weir.server("test").addresses().getFirst());
        peers.add(peer);
        return peer;
    }

    EventLoop loop() {
        return weir.loops().getFirst();
    }

    /** What the server has received on all its connections. */
    long bytesReceived() {
        return reading("weir.server.bytes.received");
    }

    /** The sum of all readings of this name. */
    long reading(String name) {
        long[] sum = {0};
        weir.metrics().read((id, kind, value) -> sum[0] += id.name().equals(name) ? value : 0);
        return sum[0];
    }

    /** Bytes of buffers that are in use, without those that a loop keeps to use them again. */
    long allocated() {
        return allocator.metric().usedDirectMemory()
                + allocator.metric().usedHeapMemory()
                - reading("weir.loop.spare.bytes");
    }

    ServerMetrics metrics() {
        return weir.server("test").metrics();
    }

    void turns(int count) {
        for (int i = 0; i < count; i++) {
            weir.turn();
        }
    }

    /** Turns until the condition holds. */
    void until(String what, BooleanSupplier condition) {
        for (int turn = 0; !condition.getAsBoolean(); turn++) {
            if (turn == MOST_TURNS) {
                throw new AssertionError("it did not come about that " + what + "; " + network);
            }
            weir.turn();
        }
    }

    /** Turns in which time passes from one thing that is due to the next, until so much has passed. */
    void elapse(Duration time) throws TransportException {
        long end = network.clock().nanoTime() + time.toNanos();
        long left = time.toNanos();
        while (left > 0) {
            loop().turn(left);
            left = end - network.clock().nanoTime();
        }
    }

    @Override
    public void close() {
        weir.close();
        peers.forEach(SimulatedPeer::close);
        assertThat(loop().registered()).as("tokens in use").isZero();
        assertThat(loop().timers()).as("timers that wait").isZero();
        assertThat(network.lentBuffers()).as("lent buffers not given back").isZero();
        assertThat(allocated()).as("bytes of buffers not released").isZero();
        assertThat(network.descriptors()).as("open descriptors").isZero();
        assertThat(weir.openConnections()).as("open connections").isZero();
    }

    private record TestPlugin(Tested protocol) implements Plugin {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public PluginModule module() {
            return new PluginModule() {
                @Override
                protected void offers() {
                    codec("bytes", settings -> new Bytes(0));
                    codec("pairs", settings -> new Bytes(2));
                    codec("owing", settings -> new Turns(false));
                    codec("turns", settings -> new Turns(true));
                    codec("long", settings -> new Bytes(1 << 20));
                    protocol("tested", settings -> protocol);
                    policy(PolicyKind.DESCRIPTORS, "evict-then-close", settings -> evictThenClose());
                }
            };
        }
    }

    /** Evicts one at first, and closes the listener when that has not helped yet. */
    private static DescriptorPolicy evictThenClose() {
        return exhaustion -> exhaustion.attempts() == 1
                ? new DescriptorPolicy.Evict(1, Duration.ZERO, DescriptorPolicy.SHORTEST_PAUSE)
                : new DescriptorPolicy.CloseListener(100);
    }

    /** A protocol made of functions. */
    record Tested(Function<Session<ByteBuf>, Handler<ByteBuf>> handlers, Optional<Goodbye<ByteBuf>> goodbye)
            implements BytesProtocol {
        @Override
        public Handler<ByteBuf> open(Session<ByteBuf> session) {
            return handlers.apply(session);
        }

        /** By length: of three one must arrive. */
        @Override
        public Optional<Coalescing<ByteBuf>> coalescing() {
            return Optional.of(message -> {
                int key = message.readableBytes() % 3;
                return key == 0 ? Optional.empty() : Optional.of(key);
            });
        }

        /** Asks with a message of one byte; whatever comes is the handler's. */
        @Override
        public Optional<Pings<ByteBuf, ByteBuf>> pings() {
            return Optional.of(new Pings<>() {
                @Override
                public ByteBuf ping() {
                    return Unpooled.copiedBuffer(new byte[1]);
                }

                @Override
                public boolean isPong(ByteBuf message) {
                    return false;
                }
            });
        }
    }

    /**
     * Requests and replies of one byte. A request is owed its reply, and the next one waits for that or not. A message of the byte
     * {@link #INTERIM} is no reply.
     *
     * @param waits whether it does
     */
    record Turns(boolean waits) implements CodecFactory<ByteBuf, ByteBuf> {
        static final byte INTERIM = -1;

        @Override
        public Class<ByteBuf> inbound() {
            return ByteBuf.class;
        }

        @Override
        public Class<ByteBuf> outbound() {
            return ByteBuf.class;
        }

        @Override
        public int maxUndecodedBytes() {
            return 0;
        }

        @Override
        public Codec<ByteBuf, ByteBuf> create(Connection connection, MessageWindow window) {
            return new Codec<>() {
                private int owed;

                @Override
                public ByteBuf decode(ByteBuf in) {
                    if (!in.isReadable()) {
                        return null;
                    }
                    owed++;
                    return window.showNext(in, 1);
                }

                @Override
                public void encode(ByteBuf message, Output out) {
                    owed -= message.getByte(message.readerIndex()) == INTERIM ? 0 : 1;
                    out.write(message);
                }

                @Override
                public boolean owes() {
                    return owed > 0;
                }

                @Override
                public Next next() {
                    return waits && owed > 0 ? Next.WAIT : Next.READ;
                }
            };
        }
    }

    /** Messages of so many bytes; of 0 bytes: what was received together. */
    record Bytes(int size) implements CodecFactory<ByteBuf, ByteBuf> {
        @Override
        public Class<ByteBuf> inbound() {
            return ByteBuf.class;
        }

        @Override
        public Class<ByteBuf> outbound() {
            return ByteBuf.class;
        }

        @Override
        public int maxUndecodedBytes() {
            return size;
        }

        @Override
        public Codec<ByteBuf, ByteBuf> create(Connection connection, MessageWindow window) {
            return new Codec<>() {
                @Override
                public ByteBuf decode(ByteBuf in) {
                    int length = size == 0 ? in.readableBytes() : size;
                    return in.isReadable(Math.max(1, length)) ? window.showNext(in, length) : null;
                }

                @Override
                public ByteBuf decodeEnd(ByteBuf in) {
                    return decode(in);
                }

                @Override
                public void encode(ByteBuf message, Output out) {
                    out.write(message);
                }
            };
        }
    }
}
