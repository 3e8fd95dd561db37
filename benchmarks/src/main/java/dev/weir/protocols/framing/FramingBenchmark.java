package dev.weir.protocols.framing;

import dev.weir.codec.Codec;
import dev.weir.codec.MessageWindow;
import dev.weir.codec.ProtocolViolation;
import dev.weir.connection.Connection;
import dev.weir.protocol.Handler;
import dev.weir.testkit.CountingOutput;
import dev.weir.testkit.EncodingSession;
import dev.weir.testkit.PluginParts;
import dev.weir.testkit.RecordingSession;
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

/** What an echo costs without its connection: messages are decoded from the bytes that came, sent back and encoded, but not copied. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FramingBenchmark {
    private static final int PIPELINED = 16;
    private static final int BLOCK_BYTES = 4096;

    /** A codec, and 64 bytes with what frames them. */
    public enum Framed {
        /** No frames: whatever is in a buffer is one message. */
        RAW("raw", "", ""),
        /** Ended by LF, sent back with CRLF. */
        LINE("{ use = line, ending = crlf }", "", "\n"),
        /** Four bytes with the length before it. */
        LENGTH_HEADER("length-header", "\0\0\0\100", "");

        private final String codec;
        private final String frame;

        Framed(String codec, String before, String behind) {
            this.codec = codec;
            this.frame = before + "x".repeat(64) + behind;
        }
    }

    /** Which codec. */
    @Param
    public Framed framed;

    private final ByteBuf block = ByteBufAllocator.DEFAULT.directBuffer(BLOCK_BYTES, BLOCK_BYTES);
    private final CountingOutput out = new CountingOutput(block);
    private ByteBuf one = Unpooled.EMPTY_BUFFER;
    private ByteBuf sixteen = Unpooled.EMPTY_BUFFER;
    private Codec<ByteBuf, ByteBuf> codec;
    private Handler<ByteBuf> echo;

    /** Begins a connection. */
    @Setup
    public void open() {
        Connection connection = new RecordingSession<>(String::valueOf).connection();
        codec = PluginParts.of(new FramingPlugin()).codec(framed.codec).create(connection, new MessageWindow());
        echo = new EncodingSession<ByteBuf>(connection, message -> codec.encode(message, out))::send;
        one = direct(framed.frame);
        sixteen = direct(framed.frame.repeat(PIPELINED));
    }

    private static ByteBuf direct(String bytes) {
        return ByteBufAllocator.DEFAULT
                .directBuffer(bytes.length(), bytes.length())
                .writeBytes(bytes.getBytes(StandardCharsets.US_ASCII));
    }

    /** Ends it. */
    @TearDown
    public void close() {
        one.release();
        sixteen.release();
        block.release();
    }

    /** One message in a buffer. */
    @Benchmark
    public long one() throws ProtocolViolation {
        return serve(one);
    }

    /** Sixteen in a buffer; the figure is for one of them. With codec raw they are one message of 1 KiB, and it is for a sixteenth. */
    @Benchmark
    @OperationsPerInvocation(PIPELINED)
    public long sixteen() throws ProtocolViolation {
        return serve(sixteen);
    }

    private long serve(ByteBuf in) throws ProtocolViolation {
        in.readerIndex(0);
        for (ByteBuf message = codec.decode(in); message != null; message = codec.decode(in)) {
            echo.onMessage(message);
        }
        return out.written();
    }
}
