package dev.weir.protocols.framing;

import static dev.weir.protocols.framing.Framing.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.codec.Codec;
import dev.weir.codec.MessageWindow;
import dev.weir.codec.ProtocolViolation;
import dev.weir.connection.Connection;
import dev.weir.protocol.Handler;
import dev.weir.testkit.Allocations;
import dev.weir.testkit.CountingOutput;
import dev.weir.testkit.EncodingSession;
import dev.weir.testkit.RecordingSession;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An echo by a codec whose messages are views costs no allocation for a message. */
class AllocationTest {
    private static final int MESSAGES = 10_000;

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
        Connection connection = new RecordingSession<>(String::valueOf).connection();
        Codec<ByteBuf, ByteBuf> codec = Framing.PARTS.codec(choice).create(connection, new MessageWindow());
        CountingOutput out = new CountingOutput(Unpooled.buffer(4096, 4096));
        Handler<ByteBuf> echo = new EncodingSession<ByteBuf>(connection, message -> codec.encode(message, out))::send;
        serve(codec, echo, in);
        long before = Allocations.bytes();
        serve(codec, echo, in);
        long cost = Allocations.bytes() - before;
        assertThat(out.written()).isEqualTo(2L * MESSAGES * length);
        assertThat(cost).as("bytes for %s messages", MESSAGES).isLessThan(MESSAGES);
    }

    private static void serve(Codec<ByteBuf, ByteBuf> codec, Handler<ByteBuf> handler, ByteBuf in)
            throws ProtocolViolation {
        int length = in.capacity();
        for (int i = 0; i < MESSAGES; i++) {
            in.setIndex(0, length - 1);
            // A raw message would be taken for whole.
            if (length > 0 && !(codec instanceof RawCodec)) {
                codec.decode(in);
            }
            in.setIndex(0, length);
            handler.onMessage(codec.decode(in));
        }
    }
}
