package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.codec.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for any stream. */
class CodecVerifierProperties {

    @Property(tries = 50)
    void anHonestCodecPassesForAnyMessages(@ForAll @Size(max = 8) List<@Size(max = 20) byte[]> messages) {
        List<String> texts = new ArrayList<>();
        messages.forEach(bytes -> texts.add(new String(bytes, StandardCharsets.ISO_8859_1)));
        CodecVerifier.ofBytes(LengthByteCodec.factory(LengthByteCodec::new))
                .roundTrips(
                        messages.stream()
                                .map(bytes -> (Supplier<ByteBuf>) () -> Unpooled.copiedBuffer(bytes))
                                .toList(),
                        texts);
    }

    @Property
    void aByteLostAtAnyOneSplitIsFound(@ForAll @IntRange(min = 1, max = 11) int place) {
        byte[] stream = "\5abcde\5fghij".getBytes(StandardCharsets.ISO_8859_1);
        CodecVerifier<ByteBuf, ByteBuf> verifier =
                CodecVerifier.ofBytes(LengthByteCodec.factory(window -> new LengthByteCodec(window) {
                    private int seen;

                    @Override
                    public ByteBuf decode(ByteBuf in) throws ProtocolViolation {
                        ByteBuf message = super.decode(in);
                        seen += message == null ? 0 : 6;
                        if (seen + in.readableBytes() == place && in.isReadable()) {
                            in.skipBytes(1);
                        }
                        return message;
                    }
                }));
        assertThat(place % 6 == 0 || fails(() -> verifier.decodes(stream, List.of("abcde", "fghij"))))
                .isTrue();
    }

    @Property
    void everyChunkingCoversItsStream(@ForAll("chunkings") Tuple2<Integer, Chunking> cut) {
        assertThat(cut.get2().sizes().stream().mapToInt(size -> size).sum()).isEqualTo(cut.get1());
    }

    @Property
    void everyRandomChunkingCoversItsStream(@ForAll @IntRange(max = 5000) int length, @ForAll long seed) {
        assertThat(Chunking.random(length, new Random(seed)).sizes().stream()
                        .mapToInt(size -> size)
                        .sum())
                .isEqualTo(length);
    }

    @Property
    void whatIsWrittenToAnOutputIsRecordedInOrder(@ForAll @Size(max = 20) List<@Size(max = 30) byte[]> writes) {
        RecordingOutput output = new RecordingOutput();
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (int i = 0; i < writes.size(); i++) {
            byte[] bytes = writes.get(i);
            expected.writeBytes(bytes);
            if (i % 2 == 0) {
                output.block(bytes.length).writeBytes(bytes);
            } else {
                output.write(Unpooled.copiedBuffer(bytes));
            }
        }
        assertThat(output.bytes()).isEqualTo(expected.toByteArray());
    }

    @Provide
    Arbitrary<Tuple2<Integer, Chunking>> chunkings() {
        return Arbitraries.integers()
                .between(0, 300)
                .flatMap(length -> Chunking.any(length).map(chunking -> Tuple.of(length, chunking)));
    }

    private static boolean fails(Runnable check) {
        try {
            check.run();
            return false;
        } catch (AssertionError expected) {
            return true;
        }
    }
}
