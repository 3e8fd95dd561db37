package dev.weir.server;

import dev.weir.plugin.PluginCatalog;
import dev.weir.protocols.basic.BasicPlugin;
import dev.weir.protocols.framing.FramingPlugin;
import dev.weir.protocols.http1.Http1Plugin;
import dev.weir.wiring.KernelPlugin;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A turn of the loop in which each of its connections has received something, with every policy the default one and without the system:
 * all that Weir does for a request.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TurnBenchmark {
    private static final int CONNECTIONS = 32;

    /** What is served, and a request of it. */
    public enum Served {
        /** Whatever is received is sent back. */
        ECHO("raw", "echo", "x".repeat(64), 1),
        /** A line of 32 bytes. */
        LINE("{ use = line, ending = crlf }", "echo", "x".repeat(32) + "\n", 1),
        /** Sixteen such lines at once. */
        LINE_X16("{ use = line, ending = crlf }", "echo", "x".repeat(32) + "\n", 16),
        /** A frame of 64 bytes behind four with its length. */
        LENGTH("length-header", "echo", "\0\0\0\100" + "x".repeat(64), 1),
        /** Sixteen such frames at once. */
        LENGTH_X16("length-header", "echo", "\0\0\0\100" + "x".repeat(64), 16),
        /** A request of a load generator. */
        HTTP("http1", "http-demo", "GET /plaintext HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n", 1),
        /** Sixteen such requests at once. */
        HTTP_X16("http1", "http-demo", "GET /plaintext HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n", 16);

        private final String codec;
        private final String protocol;
        private final String input;

        Served(String codec, String protocol, String request, int atOnce) {
            this.codec = codec;
            this.protocol = protocol;
            this.input = request.repeat(atOnce);
        }
    }

    /** What. */
    @Param
    public Served served;

    private ByteBuf input = Unpooled.EMPTY_BUFFER;
    private Weir weir;

    /** Starts the server, and lets everybody in. */
    @Setup
    public void start() throws Exception {
        byte[] bytes = served.input.getBytes(StandardCharsets.US_ASCII);
        input = ByteBufAllocator.DEFAULT.directBuffer(bytes.length).writeBytes(bytes);
        weir = Weir.builder()
                .transport(new RepeatingTransport(input, CONNECTIONS))
                .plugins(
                        PluginCatalog.of(new KernelPlugin(), new FramingPlugin(), new BasicPlugin(), new Http1Plugin()))
                .callerDriven()
                .config("""
                        weir.event-loops = 1
                        weir.servers.measured { listen = "127.0.0.1:1", codec = %s, protocol = %s }
                        """.formatted(served.codec, served.protocol))
                .build();
        weir.start();
        while (weir.server("measured").metrics().open() < CONNECTIONS) {
            weir.turn();
        }
        long before = sent();
        weir.turn();
        if (sent() - before < (long) CONNECTIONS * 32) {
            throw new IllegalStateException("nobody answers");
        }
    }

    private long sent() {
        long[] sum = {0};
        weir.metrics().read((id, kind, value) -> sum[0] += id.name().equals("weir.server.bytes.sent") ? value : 0);
        return sum[0];
    }

    /** Ends it. */
    @TearDown
    public void close() {
        weir.close();
        input.release();
    }

    /** What arrived on one connection is answered. */
    @Benchmark
    @OperationsPerInvocation(CONNECTIONS)
    public boolean turn() {
        return weir.turn();
    }
}
