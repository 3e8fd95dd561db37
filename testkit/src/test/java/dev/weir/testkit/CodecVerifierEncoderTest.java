package dev.weir.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.codec.Codec;
import dev.weir.codec.MessageWindow;
import dev.weir.codec.Output;
import dev.weir.codec.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Each rule for encoders goes red on an encoder that breaks it, and none on an honest one. */
class CodecVerifierEncoderTest {
    private static final List<Supplier<ByteBuf>> MESSAGES = List.of(message("abc"), message(""), message("de"));

    @Test
    void anHonestEncoderPasses() {
        CodecVerifier<ByteBuf, ByteBuf> honest = CodecVerifier.ofBytes(LengthByteCodec.factory(LengthByteCodec::new));
        assertThat(honest.encodes(MESSAGES)).isEqualTo("\3abc\0\2de".getBytes(ISO_8859_1));
        honest.roundTrips(MESSAGES, List.of("abc", "", "de"));
        honest.refusesToEncode(message("x".repeat(201)), "201 bytes", "over 200");
    }

    @Test
    void anEncoderThatAnswersIsAskedFirst() {
        CodecVerifier<ByteBuf, ByteBuf> answering = verifier(window -> new LengthByteCodec(window) {
            private int owed;

            @Override
            public ByteBuf decode(ByteBuf in) throws ProtocolViolation {
                ByteBuf message = super.decode(in);
                owed += message == null ? 0 : 1;
                return message;
            }

            @Override
            public void encode(ByteBuf message, Output out) {
                if (owed == 0) {
                    message.release();
                    throw new IllegalArgumentException("nobody has asked");
                }
                owed--;
                super.encode(message, out);
            }
        });
        byte[] requests = "\1x\1y\1z".getBytes(ISO_8859_1);
        assertThat(answering.asked(requests).encodes(MESSAGES)).isEqualTo("\3abc\0\2de".getBytes(ISO_8859_1));
        answering.refusesToEncode(message("abc"), "nobody has asked");
    }

    @Test
    void whatDecodesToAnotherMessageIsFound() {
        CodecVerifier<ByteBuf, ByteBuf> shouting = verifier(window -> new LengthByteCodec(window) {
            @Override
            public void encode(ByteBuf message, Output out) {
                if (message.isReadable()) {
                    message.setByte(message.readerIndex(), 'X');
                }
                super.encode(message, out);
            }
        });
        assertThatThrownBy(() -> shouting.roundTrips(MESSAGES, List.of("abc", "", "de")))
                .hasMessageContaining("the decoder gave [Xbc, , Xe]");
    }

    @Test
    void aMessageThatIsNeverReleasedIsFound() {
        broken(
                "released its message 0 times instead of once, after it was encoded",
                (message, out) -> out.block(1).writeByte(0));
    }

    @Test
    void aMessageThatIsReleasedTwiceIsFound() {
        broken("released its message 2 times instead of once, after it was encoded", (message, out) -> {
            out.write(message);
            if (message.refCnt() > 0) {
                message.release();
            }
        });
    }

    @Test
    void aMessageUsedAfterItWasHandedOnIsFound() {
        broken("IllegalReferenceCount", (message, out) -> {
            out.write(message);
            out.block(1).writeByte(message.getByte(0));
        });
    }

    @Test
    void aMessageLostWhenTheOutputThrowsIsFound() {
        broken("released its message 0 times instead of once, after call 1 of the output threw", (message, out) -> {
            out.block(1).writeByte(message.readableBytes());
            out.write(message);
        });
    }

    @Test
    void aMessageReleasedAgainWhenTheOutputThrowsIsFound() {
        broken("released its message 2 times instead of once, after call 1 of the output threw", (message, out) -> {
            try {
                out.write(message);
            } catch (RuntimeException e) {
                message.release();
                throw e;
            }
        });
    }

    @Test
    void anOutputsFailureSwallowedIsFound() {
        broken("swallowed what call 1 of the output threw", (message, out) -> {
            try {
                out.write(message);
            } catch (RuntimeException e) {
                return;
            }
        });
    }

    @Test
    void moreThanTheBlockWasAskedForIsFound() {
        broken("exceeds maxCapacity", (message, out) -> {
            out.block(1).writeShort(1);
            message.release();
        });
    }

    @Test
    void theBlockUsedAfterAnotherCallIsFound() {
        broken("IllegalReferenceCount", (message, out) -> {
            ByteBuf block = out.block(1);
            out.write(message);
            block.writeByte(1);
        });
    }

    @Test
    void bytesBeforeTheBlocksWriterIndexTouchedAreFound() {
        broken("touched the block before its writer index", (message, out) -> {
            out.block(1).setByte(0, 7);
            out.write(message);
        });
    }

    @Test
    void aReaderIndexOfTheBlockMovedIsFound() {
        broken("touched the block before its writer index", (message, out) -> {
            out.block(1).writeByte(1).skipBytes(1);
            out.write(message);
        });
    }

    @Test
    void aRefusedMessageThatIsNotReleasedIsFound() {
        CodecVerifier<ByteBuf, ByteBuf> leaking = encoding((message, out) -> {
            throw new IllegalArgumentException("no");
        });
        assertThatThrownBy(() -> leaking.refusesToEncode(message("abc")))
                .hasMessageContaining("released its message 0 times instead of once, after the encoder refused it");
    }

    @Test
    void aRefusalByAnotherExceptionIsFound() {
        CodecVerifier<ByteBuf, ByteBuf> odd = encoding((message, out) -> {
            message.release();
            throw new IllegalStateException("no");
        });
        assertThatThrownBy(() -> odd.refusesToEncode(message("abc")))
                .hasMessageContaining("but threw java.lang.IllegalStateException: no");
    }

    @Test
    void aMessageTakenThatShouldBeRefusedIsFound() {
        CodecVerifier<ByteBuf, ByteBuf> honest = CodecVerifier.ofBytes(LengthByteCodec.factory(LengthByteCodec::new));
        assertThatThrownBy(() -> honest.refusesToEncode(message("abc")))
                .hasMessageContaining("took a message that it should have refused");
    }

    private static void broken(String saying, BiConsumer<ByteBuf, Output> encoder) {
        CodecVerifier<ByteBuf, ByteBuf> verifier = encoding(encoder);
        assertThatThrownBy(() -> verifier.encodes(List.of(message("abc"))))
                .satisfies(thrown -> assertThat(thrown.toString()).contains(saying));
    }

    private static CodecVerifier<ByteBuf, ByteBuf> encoding(BiConsumer<ByteBuf, Output> encoder) {
        return verifier(window -> new LengthByteCodec(window) {
            @Override
            public void encode(ByteBuf message, Output out) {
                encoder.accept(message, out);
            }
        });
    }

    private static CodecVerifier<ByteBuf, ByteBuf> verifier(Function<MessageWindow, Codec<ByteBuf, ByteBuf>> codec) {
        return CodecVerifier.ofBytes(LengthByteCodec.factory(codec));
    }

    private static Supplier<ByteBuf> message(String text) {
        return () -> Unpooled.copiedBuffer(text, ISO_8859_1);
    }
}
