package dev.weir.protocols.framing;

import static dev.weir.protocols.framing.Framing.verifyText;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextLineCodecTest {

    @Test
    void linesAreText() {
        verifyText("{ use = line, text = on }").decodes("grün\r\n€ 5\n\n".getBytes(UTF_8), List.of("grün", "€ 5", ""));
    }

    @Test
    void textIsWrittenInItsCharset() {
        assertThat(verifyText("{ use = line, text = on, charset = ISO-8859-1 }")
                        .encodes(List.of(() -> "grün", () -> "")))
                .isEqualTo(new byte[] {'g', 'r', (byte) 0xFC, 'n', '\n', '\n'});
    }

    @Test
    void malformedBytesAreRefused() {
        byte[] stream = {'o', 'k', '\n', 'a', 'b', (byte) 0xC3, 'c', '\n'};
        verifyText("{ use = line, text = on }").refuses(stream, List.of("ok"), "not valid UTF-8", "at byte 2");
    }

    @Test
    void aCharacterThatIsCutByTheLineEndIsRefused() {
        byte[] stream = {(byte) 0xE2, (byte) 0x82, '\n'};
        verifyText("{ use = line, text = on }").refuses(stream, List.of(), "not valid UTF-8", "at byte 0");
    }

    @Test
    void malformedBytesInAnUnfinishedLastLineAreRefused() {
        byte[] stream = {(byte) 0xFF};
        verifyText("{ use = line, text = on, last-line = accept }").refuses(stream, List.of(), "not valid UTF-8");
    }

    @Test
    void aCharacterThatTheCharsetLacksIsRefused() {
        verifyText("{ use = line, text = on, charset = ISO-8859-1 }")
                .refusesToEncode(() -> "5 €", "ISO-8859-1 cannot say", "at index 2");
        verifyText("{ use = line, text = on }").refusesToEncode(() -> "half a pair: \ud83d", "UTF-8 cannot say");
    }

    @Test
    void aCoderIsGoodForTheNextLineAfterItRefusedOne() {
        verifyText("{ use = line, text = on, charset = US-ASCII }").refusesToEncode(() -> "ü");
        verifyText("{ use = line, text = on }")
                .roundTrips(List.of(() -> "ä", () -> "\ud83d\ude00"), List.of("ä", "\ud83d\ude00"));
    }

    @Test
    void aLineEndingInsideIsRefused() {
        verifyText("{ use = line, text = on }").refusesToEncode(() -> "a\nb", "line ending inside, at byte 1");
    }

    @Test
    void endingsAreKeptWhenAsked() {
        verifyText("{ use = line, text = on, keep-ending = on }")
                .roundTrips(List.of(() -> "a\n", () -> "ü\r\n", () -> "c"), List.of("a\n", "ü\r\n", "c\n"));
    }

    @Test
    void aLongerLineIsRefusedByItsBytes() {
        verifyText("{ use = line, text = on, max-length = 3B }").decodes("€\n".getBytes(UTF_8), List.of("€"));
        verifyText("{ use = line, text = on, max-length = 3B }")
                .refuses("€a\n".getBytes(UTF_8), List.of(), "4 bytes or more", "limit 3");
    }
}
