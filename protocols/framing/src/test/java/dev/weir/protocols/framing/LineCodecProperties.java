package dev.weir.protocols.framing;

import static dev.weir.protocols.framing.Framing.bytes;
import static dev.weir.protocols.framing.Framing.messages;
import static dev.weir.protocols.framing.Framing.verify;
import static dev.weir.protocols.framing.Framing.verifyText;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.codec.Codec;
import dev.weir.codec.MessageWindow;
import dev.weir.codec.ProtocolViolation;
import dev.weir.testkit.Chunking;
import dev.weir.testkit.CodecVerifier;
import dev.weir.testkit.RecordingSession;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LineCodecProperties {

    @Property(tries = 60)
    void whatIsEncodedDecodesToItself(
            @ForAll @Size(max = 6) List<@From("lines") String> lines, @ForAll LineEnding ending, @ForAll boolean keep) {
        List<String> expected = new ArrayList<>();
        for (String line : lines) {
            boolean crlf = ending == LineEnding.CRLF || line.endsWith("\r");
            expected.add(keep ? line + (crlf ? "\r\n" : "\n") : line);
        }
        verify("{ use = line, ending = " + (ending == LineEnding.LF ? "lf" : "crlf") + ", keep-ending = " + keep + " }")
                .roundTrips(messages(lines), expected);
    }

    @Property(tries = 60)
    void keptEndingsComeBackAsTheyCame(@ForAll @Size(max = 6) List<@From("lines") String> lines) {
        List<String> ended = lines.stream()
                .map(line -> line + (line.length() % 2 == 0 ? "\n" : "\r\n"))
                .toList();
        verify("{ use = line, keep-ending = on }").roundTrips(messages(ended), ended);
    }

    @Property
    void anyStreamGivesTheSameLinesAsCuttingItsText(
            @ForAll("streams") String stream, @ForAll @IntRange(min = 1, max = 6) int limit, @ForAll boolean accept) {
        List<String> expected = new ArrayList<>();
        boolean refused = false;
        int from = 0;
        for (int lf = stream.indexOf('\n'); lf >= 0 && !refused; lf = stream.indexOf('\n', from)) {
            String line = stream.substring(from, lf);
            line = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            refused = line.length() > limit;
            if (!refused) {
                expected.add(line);
            }
            from = lf + 1;
        }
        String rest = stream.substring(from);
        if (!refused && !rest.isEmpty()) {
            refused = !accept || rest.length() > limit;
            if (!refused) {
                expected.add(rest);
            }
        }
        CodecVerifier<ByteBuf, ByteBuf> verifier = verify(
                "{ use = line, max-length = " + limit + "B, last-line = " + (accept ? "accept" : "refuse") + " }");
        if (refused) {
            verifier.refuses(bytes(stream), expected);
        } else {
            verifier.decodes(bytes(stream), expected);
        }
    }

    @Property(tries = 60)
    void anyTextComesBackInItsCharset(@ForAll @Size(max = 5) List<String> texts, @ForAll("charsets") String name) {
        Charset charset = Charset.forName(name);
        List<String> lines = texts.stream()
                .map(line -> line.replace("\n", ""))
                .filter(line -> charset.newEncoder().canEncode(line))
                .toList();
        List<Supplier<String>> made =
                lines.stream().map(line -> (Supplier<String>) () -> line).toList();
        verifyText("{ use = line, text = on, max-length = 1MiB, charset = " + name + " }")
                .roundTrips(made, lines);
    }

    @Property
    void bytesAreTakenAsTextExactlyWhenTheyAreValid(@ForAll @Size(max = 8) byte[] line) {
        byte[] stream = bytes(Framing.text(line).replace('\n', 'x') + "\n");
        byte[] content = bytes(Framing.text(stream).replaceAll("\r?\n$", ""));
        CodecVerifier<String, String> verifier = verifyText("{ use = line, text = on }");
        try {
            String valid = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            verifier.decodes(stream, List.of(valid));
        } catch (CharacterCodingException malformed) {
            verifier.refuses(stream, List.of(), "not valid UTF-8");
        }
    }

    @Property
    void aLineThatComesInPiecesIsLookedThroughOnce(@ForAll @IntRange(min = 1, max = 5000) int length, @ForAll long seed)
            throws ProtocolViolation {
        CountingBuf in = new CountingBuf(bytes("x".repeat(length) + "\n"));
        Codec<ByteBuf, ByteBuf> codec = Framing.PARTS
                .codec("line")
                .create(new RecordingSession<>(String::valueOf).connection(), new MessageWindow());
        ByteBuf line = null;
        in.writerIndex(0);
        int pieces = 0;
        for (int size : Chunking.random(length + 1, new Random(seed)).sizes()) {
            in.writerIndex(in.writerIndex() + size);
            line = codec.decode(in);
            pieces++;
        }
        assertThat(line).isNotNull();
        assertThat(in.looked()).isLessThanOrEqualTo(length + 2L + pieces);
    }

    @Provide
    Arbitrary<String> lines() {
        return Arbitraries.strings().withChars("ab\r\0\u00ff ").ofMaxLength(12);
    }

    @Provide
    Arbitrary<String> streams() {
        return Arbitraries.strings().withChars("a\r\n").ofMaxLength(24);
    }

    @Provide
    Arbitrary<String> charsets() {
        return Arbitraries.of("UTF-8", "ISO-8859-1", "US-ASCII", "windows-1252", "Shift_JIS", "GB18030");
    }
}
