package dev.weir.protocols.framing;

import static dev.weir.protocols.framing.Framing.bytes;
import static dev.weir.protocols.framing.Framing.message;
import static dev.weir.protocols.framing.Framing.messages;
import static dev.weir.protocols.framing.Framing.verify;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class FixedCodecTest {

    @Test
    void everyFrameHasTheSize() {
        verify("{ use = fixed, size = 3B }").decodes(bytes("abcdef"), List.of("abc", "def"));
    }

    @Test
    void anIncompleteFrameAtTheEndIsRefused() {
        verify("{ use = fixed, size = 3B }").refuses(bytes("abcde"), List.of("abc"), "after 2 bytes");
    }

    @Test
    void aMessageOfAnotherSizeIsRefused() {
        verify("{ use = fixed, size = 3B }").refusesToEncode(message("ab"), "2 bytes", "has 3");
        verify("{ use = fixed, size = 3B }").refusesToEncode(message("abcd"), "4 bytes", "has 3");
        verify("{ use = fixed, size = 3B }").refusesToEncode(message(""), "0 bytes", "has 3");
    }

    @Test
    void aLargeSizeAllocatesNothingAhead() {
        verify("{ use = fixed, size = 1GiB }").refuses(bytes("abc"), List.of(), "after 3 bytes");
    }

    @Property(tries = 50)
    void whatIsEncodedDecodesToItself(
            @ForAll @IntRange(min = 1, max = 20) int size,
            @ForAll @Size(max = 6) List<@StringLength(20) String> texts) {
        List<String> frames = texts.stream()
                .map(text -> Framing.text(bytes(text)).substring(0, size))
                .toList();
        verify("{ use = fixed, size = " + size + "B }").roundTrips(messages(frames), frames);
    }
}
