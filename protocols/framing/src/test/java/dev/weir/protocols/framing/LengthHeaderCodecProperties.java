package dev.weir.protocols.framing;

import static dev.weir.protocols.framing.Framing.bytes;
import static dev.weir.protocols.framing.Framing.messages;
import static dev.weir.protocols.framing.Framing.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class LengthHeaderCodecProperties {

    /** Settings that say how a frame looks. */
    record Shape(String lengthBytes, String endian, int offset, boolean includes) {
        String choice(boolean strip, String more) {
            return "{ use = length-header, length-bytes = " + lengthBytes + ", endian = " + endian + ", offset = "
                    + offset + ", includes-header = " + includes + ", strip-header = " + strip + more + " }";
        }

        /** A frame by the book: zeros, the length, the payload. */
        String frame(String payload) {
            int width = lengthBytes.equals("varint") ? 1 : Integer.parseInt(lengthBytes);
            long length = includes ? (long) offset + width + payload.length() : payload.length();
            if (lengthBytes.equals("varint") && length > 127) {
                length += includes ? 1 : 0;
                return "\0".repeat(offset) + (char) ((length & 127) | 128) + (char) (length >> 7) + payload;
            }
            StringBuilder field = new StringBuilder();
            for (int i = 0; i < width; i++) {
                field.append((char) ((length >> (8 * i)) & 255));
            }
            return "\0".repeat(offset) + (endian.equals("big") ? field.reverse() : field) + payload;
        }
    }

    @Property(tries = 60)
    void whatIsEncodedDecodesToItself(
            @ForAll("shapes") Shape shape, @ForAll @Size(max = 4) List<@From("payloads") String> payloads) {
        verify(shape.choice(true, "")).roundTrips(messages(payloads), payloads);
    }

    @Property
    void aFrameHasItsHeaderByTheBook(@ForAll("shapes") Shape shape, @ForAll("payloads") String payload) {
        assertThat(verify(shape.choice(true, "")).encodes(messages(List.of(payload))))
                .isEqualTo(bytes(shape.frame(payload)));
    }

    @Property(tries = 60)
    void aKeptHeaderComesBackAsItCame(
            @ForAll("shapes") Shape shape, @ForAll @Size(max = 4) List<@From("payloads") String> payloads) {
        List<String> frames = payloads.stream().map(shape::frame).toList();
        verify(shape.choice(false, "")).roundTrips(messages(frames), frames);
    }

    @Property
    void aFrameOverTheLimitIsRefusedAndOneAtItIsNot(
            @ForAll("shapes") Shape shape,
            @ForAll @IntRange(max = 40) int room,
            @ForAll @IntRange(max = 60) int length) {
        String frame = shape.frame("x".repeat(length));
        // Room for the widest header, so that the limit itself is good.
        int limit = shape.offset() + 8 + room;
        var verifier = verify(shape.choice(true, ", max-frame = " + limit + "B"));
        if (frame.length() <= limit) {
            verifier.decodes(bytes(frame), List.of("x".repeat(length)));
        } else {
            verifier.refuses(bytes(frame), List.of(), "limit");
        }
    }

    @Property
    void anyLengthIsReadAsAnUnsignedNumber(
            @ForAll("fixedWidths") int width, @ForAll boolean little, @ForAll @Size(8) byte[] field) {
        FixedWidthLength.Endian order = little ? FixedWidthLength.Endian.LITTLE : FixedWidthLength.Endian.BIG;
        byte[] bigEndian = new byte[width];
        for (int i = 0; i < width; i++) {
            bigEndian[i] = field[little ? width - 1 - i : i];
        }
        ByteBuf in = Unpooled.wrappedBuffer(field);
        long read = new FixedWidthLength(width, order).read(in, 0, width);
        assertThat(new BigInteger(Long.toUnsignedString(read))).isEqualTo(new BigInteger(1, bigEndian));
    }

    @Property
    void aVarintIsReadAsItWasWritten(@ForAll @LongRange(max = 0xFFFF_FFFFL) long length) {
        ByteBuf field = Unpooled.buffer(8);
        int width = VarintLength.FORM.widthFor(length);
        VarintLength.FORM.write(field, length, width);
        assertThat(field.readableBytes()).isEqualTo(width).isLessThanOrEqualTo(5);
        for (int available = 0; available < width; available++) {
            assertThat(VarintLength.FORM.width(field, 0, available)).isZero();
        }
        assertThat(VarintLength.FORM.width(field, 0, width + 1)).isEqualTo(width);
        assertThat(VarintLength.FORM.read(field, 0, width)).isEqualTo(length);
    }

    @Property
    void anyBytesGiveMessagesOrARefusalAndNothingElse(
            @ForAll("shapes") Shape shape, @ForAll boolean strip, @ForAll @Size(max = 24) byte[] stream) {
        Reference reference = Reference.of(shape, strip, stream, 64);
        var verifier = verify(shape.choice(strip, ", max-frame = 64B"));
        if (reference.refused()) {
            verifier.refuses(stream, reference.messages());
        } else {
            verifier.decodes(stream, reference.messages());
        }
    }

    @Provide
    Arbitrary<Shape> shapes() {
        return Combinators.combine(
                        Arbitraries.of("1", "2", "3", "4", "8", "varint"),
                        Arbitraries.of("big", "little"),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.of(false, true))
                .as(Shape::new);
    }

    @Provide
    Arbitrary<Integer> fixedWidths() {
        return Arbitraries.of(1, 2, 3, 4, 8);
    }

    @Provide
    Arbitrary<String> payloads() {
        return Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(140);
    }
}
