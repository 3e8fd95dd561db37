package dev.weir.protocols.framing;

import static dev.weir.protocols.framing.Framing.bytes;
import static dev.weir.protocols.framing.Framing.message;
import static dev.weir.protocols.framing.Framing.messages;
import static dev.weir.protocols.framing.Framing.verify;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.codec.Codec;
import dev.weir.codec.MessageWindow;
import dev.weir.codec.ProtocolViolation;
import dev.weir.testkit.Chunking;
import dev.weir.testkit.RecordingSession;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Over an alphabet of two, where delimiters overlap themselves and their surroundings all the time. */
class DelimiterCodecProperties {

    @Property
    void anyStreamIsCutAtItsFirstDelimiters(
            @ForAll("delimiters") String delimiter,
            @ForAll("texts") String stream,
            @ForAll @IntRange(min = 1, max = 12) int limit,
            @ForAll boolean keep) {
        List<String> expected = new ArrayList<>();
        boolean refused = false;
        int from = 0;
        for (int at = stream.indexOf(delimiter); at >= 0 && !refused; at = stream.indexOf(delimiter, from)) {
            refused = at - from > limit;
            if (!refused) {
                expected.add(stream.substring(from, keep ? at + delimiter.length() : at));
                from = at + delimiter.length();
            }
        }
        var verifier = verify(choice(delimiter, keep) + ", max-length = " + limit + "B }");
        if (refused || from < stream.length()) {
            verifier.refuses(bytes(stream), expected);
        } else {
            verifier.decodes(bytes(stream), expected);
        }
    }

    @Property
    void whatIsEncodedDecodesToItself(
            @ForAll("delimiters") String delimiter, @ForAll @Size(max = 5) List<@From("texts") String> texts) {
        List<String> sayable = texts.stream()
                .filter(text -> (text + delimiter).indexOf(delimiter) == text.length())
                .toList();
        verify(choice(delimiter, false) + " }").roundTrips(messages(sayable), sayable);
    }

    @Property
    void aKeptDelimiterComesBackAsItCame(
            @ForAll("delimiters") String delimiter, @ForAll @Size(max = 5) List<@From("texts") String> texts) {
        List<String> ended = texts.stream()
                .map(text -> text + delimiter)
                .filter(text -> text.indexOf(delimiter) == text.length() - delimiter.length())
                .toList();
        verify(choice(delimiter, true) + " }").roundTrips(messages(ended), ended);
    }

    @Property
    void aMessageThatWouldBeCutElsewhereIsRefused(
            @ForAll("delimiters") String delimiter, @ForAll("texts") String text) {
        if ((text + delimiter).indexOf(delimiter) < text.length()) {
            verify(choice(delimiter, false) + " }").refusesToEncode(message(text), "delimiter");
        }
    }

    @Property
    void aMessageThatComesInPiecesIsLookedThroughOnce(
            @ForAll("delimiters") String delimiter,
            @ForAll @IntRange(min = 1, max = 5000) int length,
            @ForAll long seed)
            throws ProtocolViolation {
        String stream = "ab".repeat(length) + "c" + delimiter;
        CountingBuf in = new CountingBuf(bytes(stream));
        Codec<ByteBuf, ByteBuf> codec = Framing.PARTS
                .codec(choice(delimiter, false) + " }")
                .create(new RecordingSession<>(String::valueOf).connection(), new MessageWindow());
        in.writerIndex(0);
        for (int size : Chunking.random(stream.length(), new Random(seed)).sizes()) {
            in.writerIndex(in.writerIndex() + size);
            codec.decode(in);
        }
        // Each byte at most once by the search for a first byte, and once by the comparison.
        assertThat(in.looked()).isLessThanOrEqualTo(2L * stream.length());
    }

    @Provide
    Arbitrary<String> delimiters() {
        return Arbitraries.strings().withChars("ab").ofMinLength(1).ofMaxLength(6);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab").ofMaxLength(24);
    }

    private static String choice(String delimiter, boolean keep) {
        return "{ use = delimiter, delimiter = " + delimiter + ", keep-delimiter = " + keep;
    }
}
