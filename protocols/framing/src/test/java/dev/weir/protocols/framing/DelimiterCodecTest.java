package dev.weir.protocols.framing;

import static dev.weir.protocols.framing.Framing.bytes;
import static dev.weir.protocols.framing.Framing.message;
import static dev.weir.protocols.framing.Framing.messages;
import static dev.weir.protocols.framing.Framing.text;
import static dev.weir.protocols.framing.Framing.verify;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DelimiterCodecTest {
    private static final String ZERO = "{ use = delimiter, delimiter = \"\\u0000\" }";

    @Test
    void messagesEndWithTheDelimiter() {
        verify(ZERO).decodes(bytes("ab\0\0c\0"), List.of("ab", "", "c"));
        assertThat(sent(ZERO, "ab", "")).isEqualTo("ab\0\0");
    }

    @Test
    void aDelimiterMayBeAnyBytes() {
        verify("{ use = delimiter, delimiter = \"\\r\\n\\r\\n\" }")
                .decodes(bytes("a\r\nb\r\n\r\n\r\n\r\n"), List.of("a\r\nb", ""));
        verify("{ use = delimiter, delimiter = \"\\u00ff\\u0000\" }")
                .decodes(bytes("a\0\377b\377\0"), List.of("a\0\377b"));
    }

    @Test
    void aDelimiterThatOverlapsItselfIsFoundAtItsFirstPlace() {
        verify("{ use = delimiter, delimiter = aab }").decodes(bytes("aaab"), List.of("a"));
        verify("{ use = delimiter, delimiter = aa }").decodes(bytes("aaaa"), List.of("", ""));
        verify("{ use = delimiter, delimiter = ababc }").decodes(bytes("abababcababababc"), List.of("ab", "abab"));
    }

    @Test
    void theDelimiterMayBeKept() {
        String choice = "{ use = delimiter, delimiter = \"--\", keep-delimiter = on }";
        verify(choice).decodes(bytes("a----"), List.of("a--", "--"));
        assertThat(sent(choice, "a--", "b", "")).isEqualTo("a--b----");
    }

    @Test
    void aMessageThatWouldBeCutElsewhereIsRefused() {
        verify(ZERO).refusesToEncode(message("a\0b"), "delimiter inside, at byte 1");
        verify(ZERO).refusesToEncode(message("ab\0"), "delimiter inside, at byte 2");
        verify("{ use = delimiter, delimiter = aa }").refusesToEncode(message("ba"), "early delimiter");
        verify("{ use = delimiter, delimiter = \"--\", keep-delimiter = on }")
                .refusesToEncode(message("a--b--"), "delimiter inside, at byte 1");
        verify("{ use = delimiter, delimiter = \"--\", keep-delimiter = on }")
                .refusesToEncode(message("a-"), "early delimiter");
    }

    @Test
    void theLimitIsTheMessageWithoutItsDelimiter() {
        String choice = "{ use = delimiter, delimiter = \"--\", max-length = 3B }";
        verify(choice).decodes(bytes("abc--"), List.of("abc"));
        verify(choice).refuses(bytes("a--abcd--"), List.of("a"), "4 bytes or more", "limit 3 (max-length)");
        verify(choice).refuses(bytes("abc-d"), List.of(), "limit 3");
        verify(choice).refusesEndless(bytes("-"), bytes("x-"));
    }

    @Test
    void anIncompleteMessageAtTheEndIsRefused() {
        verify(ZERO).refuses(bytes("a\0bc"), List.of("a"), "after 2 bytes");
    }

    private static String sent(String choice, String... lines) {
        return text(verify(choice).encodes(messages(List.of(lines))));
    }
}
