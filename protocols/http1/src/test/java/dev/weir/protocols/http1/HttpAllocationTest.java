package dev.weir.protocols.http1;

import static dev.weir.protocols.http1.HttpServer.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.codec.Codec;
import dev.weir.codec.CodecFactory;
import dev.weir.codec.MessageWindow;
import dev.weir.codec.Output;
import dev.weir.codec.ProtocolViolation;
import dev.weir.connection.Connection;
import dev.weir.plugin.Plugin;
import dev.weir.plugin.PluginCatalog;
import dev.weir.plugin.PluginModule;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Protocol;
import dev.weir.protocol.Session;
import dev.weir.server.Weir;
import dev.weir.testkit.Allocations;
import dev.weir.testkit.CountingOutput;
import dev.weir.testkit.EncodingSession;
import dev.weir.testkit.Peer;
import dev.weir.testkit.PluginParts;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.RecordingSession;
import dev.weir.transport.Transport;
import dev.weir.transport.epoll.EpollTransport;
import dev.weir.transport.epoll.Trigger;
import dev.weir.transport.nio.NioTransport;
import dev.weir.wiring.KernelPlugin;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ResourceLeakDetector;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A request for {@code /plaintext} of http-demo costs no allocation on the loop, once all is warm. */
class HttpAllocationTest {
    private static final int REQUESTS = 10_000;

    private static final String SHORT = "GET /plaintext HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n";
    private static final String BROWSERS = """
            GET /plaintext HTTP/1.1
            Host: 127.0.0.1:8080
            Connection: keep-alive
            Upgrade-Insecure-Requests: 1
            User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36
            Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8
            Accept-Encoding: gzip, deflate, br, zstd
            Accept-Language: en-GB,en;q=0.9
            Cookie: theme=dark

            """.replace("\n", "\r\n");

    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-06-01T12:00:00Z"));

    static Stream<Named<String>> heads() {
        return Stream.of(Named.of("a short head", SHORT), Named.of("a browser's head", BROWSERS));
    }

    @ParameterizedTest
    @MethodSource("heads")
    void codecAndRouterAllocateNothing(String head) throws ProtocolViolation {
        PluginParts parts = PluginParts.of(new Http1Plugin()).at(NOON);
        Connection connection = new RecordingSession<>(String::valueOf).connection();
        Codec<HttpRequest, HttpResponse> codec =
                parts.codec("http1", HttpRequest.class, HttpResponse.class).create(connection, new MessageWindow());
        CountingOutput out = new CountingOutput(Unpooled.buffer(4096, 4096));
        Handler<HttpRequest> handler = parts.protocol("http-demo", HttpRequest.class, HttpResponse.class)
                .open(new EncodingSession<>(connection, response -> codec.encode(response, out)));
        ByteBuf in = Unpooled.wrappedBuffer(bytes(head));
        serve(codec, handler, in);
        long written = out.written();
        long before = Allocations.bytes();
        serve(codec, handler, in);
        long cost = Allocations.bytes() - before;
        assertThat(out.written() - written).as("bytes of answers").isGreaterThan(100L * REQUESTS);
        assertThat(cost).as("bytes for %s requests", REQUESTS).isLessThan(REQUESTS);
    }

    private static void serve(Codec<HttpRequest, HttpResponse> codec, Handler<HttpRequest> handler, ByteBuf in)
            throws ProtocolViolation {
        for (int i = 0; i < REQUESTS; i++) {
            // Once the end is missing yet, as it comes over a network.
            in.setIndex(0, in.capacity() - 1);
            HttpRequest request = codec.decode(in);
            in.writerIndex(in.capacity());
            request = request == null ? codec.decode(in) : request;
            handler.onMessage(request);
            codec.messageHandled();
            if (codec.next() != Codec.Next.READ || codec.owes()) {
                throw new AssertionError("the request is not answered");
            }
        }
    }

    /** What a loop does for any request: takes some bytes and gives some. */
    private static final class Plain implements CodecFactory<ByteBuf, byte[]>, Protocol<ByteBuf, byte[]>, Plugin {
        private static final byte[] REPLY = bytes("Hello, World!".repeat(10));

        @Override
        public String name() {
            return "plain";
        }

        @Override
        public PluginModule module() {
            return new PluginModule() {
                @Override
                protected void offers() {
                    codec("plain", settings -> Plain.this);
                    protocol("plain", settings -> Plain.this);
                }
            };
        }

        @Override
        public Class<ByteBuf> inbound() {
            return ByteBuf.class;
        }

        @Override
        public Class<byte[]> outbound() {
            return byte[].class;
        }

        @Override
        public int maxUndecodedBytes() {
            return 1;
        }

        @Override
        public Codec<ByteBuf, byte[]> create(Connection connection, MessageWindow window) {
            return new Codec<>() {
                @Override
                public ByteBuf decode(ByteBuf in) {
                    return in.isReadable() ? window.showNext(in, in.readableBytes()) : null;
                }

                @Override
                public void encode(byte[] message, Output out) {
                    out.block(message.length).writeBytes(message);
                }
            };
        }

        @Override
        public Handler<ByteBuf> open(Session<byte[]> session) {
            return message -> session.send(REPLY);
        }
    }

    static Stream<Named<Supplier<Transport>>> transports() {
        return Stream.of(
                Named.of("nio", NioTransport::new),
                Named.of("epoll, edge", () -> new EpollTransport(Trigger.EDGE)),
                Named.of("epoll, level", () -> new EpollTransport(Trigger.LEVEL)));
    }

    /** What a transport's calls allocate where the compiler does not see through them is not HTTP's. */
    @ParameterizedTest
    @MethodSource("transports")
    void aLoopAllocatesNoMoreThanForAnyBytes(Supplier<Transport> transport) throws Exception {
        // The detector writes down what is done with each buffer.
        ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        try {
            long plain = cost(transport.get(), "plain", "plain");
            long http = cost(transport.get(), "http1", "http-demo");
            assertThat(http - plain).as("bytes for %s requests", REQUESTS).isLessThan(REQUESTS);
        } finally {
            ResourceLeakDetector.setLevel(level);
        }
    }

    private static long cost(Transport transport, String codec, String protocol) throws Exception {
        RealSockets sockets = RealSockets.callerDriven(transport);
        Weir weir = Weir.builder()
                .transport(transport)
                .clock(sockets.clock())
                .instants(NOON)
                .plugins(PluginCatalog.of(new KernelPlugin(), new Http1Plugin(), new Plain()))
                .callerDriven()
                .config("""
                        weir.event-loops = 1
                        weir.servers.web { listen = "127.0.0.1:0", codec = %s, protocol = %s }
                        """.formatted(codec, protocol))
                .build();
        sockets.drive(weir);
        weir.start();
        try (Peer peer = sockets.connect(weir.server("web").addresses().getFirst(), 0)) {
            byte[] request = bytes(BROWSERS);
            ask(weir, peer, request, REQUESTS);
            return ask(weir, peer, request, REQUESTS);
        } finally {
            weir.close();
        }
    }

    /** @return what the turns of the loop have allocated meanwhile; what the client allocates does not count */
    private static long ask(Weir weir, Peer peer, byte[] request, int times) {
        long cost = 0;
        for (int i = 0; i < times; i++) {
            assertThat(peer.offer(request, 0, request.length)).isEqualTo(request.length);
            int heard = 0;
            while (heard == 0) {
                long before = Allocations.bytes();
                weir.turn();
                cost += Allocations.bytes() - before;
                heard = peer.take(1000).length;
            }
            assertThat(heard).isGreaterThan(100);
        }
        return cost;
    }
}
