package dev.weir.protocols.framing;

import static dev.weir.protocols.framing.Framing.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weir.codec.Codec;
import dev.weir.codec.MessageWindow;
import dev.weir.codec.Output;
import dev.weir.codec.ProtocolViolation;
import dev.weir.testkit.RecordingSession;
import dev.weir.transport.FileRegion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codecs whose messages are views cost no allocation for a message, neither way. */
class AllocationTest {
    private static final int MESSAGES = 10_000;

    /** As little as a queue may do: counts the bytes and gives the same block again. */
    private static final class Sink implements Output {
        private final ByteBuf block = Unpooled.buffer(4096, 4096);
        private long written;

        @Override
        public ByteBuf block(int room) {
            written += block.readableBytes();
            return block.clear();
        }

        @Override
        public void write(ByteBuf bytes) {
            written += bytes.readableBytes();
            bytes.release();
        }

        @Override
        public void write(FileRegion region) {
            throw new AssertionError("no codec of frames sends files");
        }

        long written() {
            block(0);
            return written;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "raw                                                          | abcdefg",
                "{ use = fixed, size = 7B }                                   | abcdefg",
                "{ use = line, ending = lf }                                  | abcdef\\n",
                "{ use = line, keep-ending = on }                             | abcde\\r\\n",
                "length-header                                                | \\0\\0\\0\\3abc",
                "{ use = length-header, length-bytes = varint }               | \\6abcdef",
                "{ use = length-header, length-bytes = 2, strip-header = off} | \\0\\5abcde",
                "{ use = delimiter, delimiter = aab }                         | abcaaab",
            })
    void aMessageCostsNothing(String choice, String frame) throws ProtocolViolation {
        ByteBuf in = Unpooled.wrappedBuffer(bytes(frame.translateEscapes()));
        int length = in.readableBytes();
        Codec<ByteBuf, ByteBuf> codec = Framing.PARTS
                .codec(choice)
                .create(new RecordingSession<>(String::valueOf).connection(), new MessageWindow());
        Sink sink = new Sink();
        echo(codec, in, sink);
        long before = allocatedBytes();
        echo(codec, in, sink);
        long cost = allocatedBytes() - before;
        assertThat(sink.written()).isEqualTo(2L * MESSAGES * length);
        assertThat(cost).as("bytes for %s messages", MESSAGES).isLessThan(MESSAGES);
    }

    private static void echo(Codec<ByteBuf, ByteBuf> codec, ByteBuf in, Sink sink) throws ProtocolViolation {
        int length = in.capacity();
        for (int i = 0; i < MESSAGES; i++) {
            in.setIndex(0, length - 1);
            // A raw message would be taken for whole.
            if (length > 0 && !(codec instanceof RawCodec)) {
                codec.decode(in);
            }
            in.setIndex(0, length);
            codec.encode(codec.decode(in), sink);
        }
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
