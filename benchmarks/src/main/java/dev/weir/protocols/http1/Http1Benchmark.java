package dev.weir.protocols.http1;

import dev.weir.codec.MessageWindow;
import dev.weir.codec.ProtocolViolation;
import dev.weir.connection.Connection;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import dev.weir.testkit.CountingOutput;
import dev.weir.testkit.EncodingSession;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a small request of HTTP costs without its connection: the head is decoded, a route found, and the prepared answer encoded. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class Http1Benchmark {
    private static final int BLOCK_BYTES = 4096;

    private static final PreparedResponse HELLO = PreparedResponse.of(
            HttpResponse.of(200).body("text/plain", "Hello, World!".getBytes(StandardCharsets.US_ASCII)));

    /** Whose head it is. */
    public enum Head {
        /** As load generators send it. */
        SHORT("GET /plaintext HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n"),
        /** About 400 bytes. */
        BROWSER("""
                GET /plaintext HTTP/1.1
                Host: 127.0.0.1:8080
                Connection: keep-alive
                Upgrade-Insecure-Requests: 1
                User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36
                Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8
                Accept-Encoding: gzip, deflate, br, zstd
                Accept-Language: en-GB,en;q=0.9
                Cookie: theme=dark

                """.replace("\n", "\r\n"));

        private final String text;

        Head(String text) {
            this.text = text;
        }
    }

    /** Whose head comes. */
    @Param
    public Head head;

    private final ByteBuf block = ByteBufAllocator.DEFAULT.directBuffer(BLOCK_BYTES, BLOCK_BYTES);
    private final CountingOutput out = new CountingOutput(block);
    private final Connection connection = openConnection();
    private HttpCodec codec = newCodec();
    private Handler<HttpRequest> handler = message -> {};
    private ByteBuf in = Unpooled.EMPTY_BUFFER;

    /** The codec asks of it whether it drains and when it was read from last, and nothing else. */
    private static Connection openConnection() {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, none) -> method.getReturnType() == long.class ? (Object) 1L : (Object) false);
    }

    private HttpCodec newCodec() {
        HttpLimits limits = new HttpLimits(8192, 16_384, 100, 16, Integer.MAX_VALUE);
        HttpLoop loop = new HttpLoop(limits, InstantSource.system(), null);
        return new HttpCodec(limits, loop, connection, new MessageWindow());
    }

    /** Begins a connection. */
    @Setup
    public void open() {
        codec = newCodec();
        Session<HttpResponse> session = new EncodingSession<>(connection, response -> codec.encode(response, out));
        handler = Router.builder()
                .on("GET /", request -> HttpResponse.text("index"))
                .on("GET /plaintext", request -> request.respond(HELLO))
                .on("GET /bytes/{n}", request -> HttpResponse.text(request.parameter("n")))
                .build()
                .open(session);
        byte[] bytes = head.text.getBytes(StandardCharsets.US_ASCII);
        in = ByteBufAllocator.DEFAULT.directBuffer(bytes.length, bytes.length).writeBytes(bytes);
    }

    /** Ends it. */
    @TearDown
    public void close() {
        codec.dispose();
        in.release();
        block.release();
    }

    /** One request and its answer. */
    @Benchmark
    public long plaintext() throws ProtocolViolation {
        in.readerIndex(0);
        handler.onMessage(codec.decode(in));
        codec.messageHandled();
        return out.written();
    }
}
