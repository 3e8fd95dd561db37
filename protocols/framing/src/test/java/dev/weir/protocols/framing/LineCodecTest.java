package dev.weir.protocols.framing;

import static dev.weir.protocols.framing.Framing.bytes;
import static dev.weir.protocols.framing.Framing.message;
import static dev.weir.protocols.framing.Framing.messages;
import static dev.weir.protocols.framing.Framing.text;
import static dev.weir.protocols.framing.Framing.verify;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineCodecTest {

    @Test
    void linesEndWithEither() {
        verify("line").decodes(bytes("one\ntwo\r\n\n\r\nfive\n"), List.of("one", "two", "", "", "five"));
    }

    @Test
    void aLoneCarriageReturnIsPartOfTheLine() {
        verify("line").decodes(bytes("a\rb\r\r\n\rc\n"), List.of("a\rb\r", "\rc"));
    }

    @Test
    void endingsAreKeptWhenAsked() {
        verify("{ use = line, keep-ending = on }")
                .decodes(bytes("one\ntwo\r\n\n\r\n"), List.of("one\n", "two\r\n", "\n", "\r\n"));
    }

    @Test
    void theEndingIsTheConfiguredOne() {
        assertThat(sent("line", "a", "")).isEqualTo("a\n\n");
        assertThat(sent("{ use = line, ending = crlf }", "a", "")).isEqualTo("a\r\n\r\n");
    }

    @Test
    void aReturnAtTheEndOfALineIsNotSwallowed() {
        assertThat(sent("{ use = line, ending = lf }", "a\r", "\r")).isEqualTo("a\r\r\n\r\r\n");
    }

    @Test
    void aKeptEndingIsSentAsItIs() {
        assertThat(sent("{ use = line, keep-ending = on }", "a\n", "b\r\n", "c"))
                .isEqualTo("a\nb\r\nc\n");
    }

    @Test
    void aLineEndingInsideIsRefused() {
        verify("line").refusesToEncode(message("a\nb"), "line ending inside, at byte 1", "several messages");
        verify("line").refusesToEncode(message("ab\n"), "at byte 2");
        verify("{ use = line, keep-ending = on }").refusesToEncode(message("a\nb\n"), "at byte 1");
    }

    @Test
    void theLimitIsTheLineWithoutItsEnding() {
        verify("{ use = line, max-length = 3B }").decodes(bytes("abc\nabc\r\n\n"), List.of("abc", "abc", ""));
        verify("{ use = line, max-length = 3B, keep-ending = on }").decodes(bytes("abc\r\n"), List.of("abc\r\n"));
    }

    @Test
    void aLongerLineIsRefused() {
        refusedOverThree("ok\nabcd\n", "ok");
        refusedOverThree("ok\nabcd\r\n", "ok");
        refusedOverThree("abc\rd\n");
        refusedOverThree("abcd");
        refusedOverThree("abc\r\r\n");
        refusedOverThree("abcdefghijk\n");
    }

    @Test
    void aLineWithoutEndIsRefused() {
        verify("{ use = line, max-length = 100B }").refusesEndless(bytes("a"), bytes("bc"));
        verify("{ use = line, max-length = 100B }").refusesEndless(bytes("a"), bytes("\r"));
    }

    @Test
    void anUnfinishedLastLineIsRefused() {
        verify("line")
                .refuses(bytes("DELETE 7\nDELETE 10"), List.of("DELETE 7"), "after 9 bytes", "last-line = refuse");
        verify("line").refuses(bytes("abc\r"), List.of(), "after 4 bytes");
    }

    @Test
    void anUnfinishedLastLineIsAcceptedWhenAsked() {
        verify("{ use = line, last-line = accept }").decodes(bytes("a\nb"), List.of("a", "b"));
        verify("{ use = line, last-line = accept }").decodes(bytes("a\nb\r"), List.of("a", "b\r"));
        verify("{ use = line, last-line = accept }").decodes(bytes("a\n"), List.of("a"));
        verify("{ use = line, last-line = accept, keep-ending = on }").decodes(bytes("a\nb"), List.of("a\n", "b"));
        verify("{ use = line, last-line = accept, max-length = 3B }")
                .refuses(bytes("abc\r"), List.of(), "4 bytes or more", "limit 3");
    }

    private static void refusedOverThree(String stream, String... before) {
        verify("{ use = line, max-length = 3B }")
                .refuses(bytes(stream), List.of(before), "line of 4 bytes or more, limit 3 (max-length)");
    }

    private static String sent(String choice, String... lines) {
        return text(verify(choice).encodes(messages(List.of(lines))));
    }
}
