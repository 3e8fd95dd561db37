package dev.weir.protocols.framing;

import static dev.weir.protocols.framing.Framing.bytes;
import static dev.weir.protocols.framing.Framing.message;
import static dev.weir.protocols.framing.Framing.messages;
import static dev.weir.protocols.framing.Framing.text;
import static dev.weir.protocols.framing.Framing.verify;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LengthHeaderCodecTest {

    @Test
    void byDefaultFourBytesInNetworkOrderStandBeforeThePayload() {
        verify("length-header").decodes(bytes("\0\0\0\3abc\0\0\0\0\0\0\0\1d"), List.of("abc", "", "d"));
        assertThat(sent("length-header", "abc", "")).isEqualTo("\0\0\0\3abc\0\0\0\0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1      | big    | 03",
                "2      | big    | 0003",
                "2      | little | 0300",
                "3      | big    | 000003",
                "3      | little | 030000",
                "4      | little | 03000000",
                "8      | big    | 0000000000000003",
                "8      | little | 0300000000000000",
                "varint | big    | 03",
            })
    void theLengthIsWrittenAsTheSettingsSay(String lengthBytes, String endian, String header) {
        String stream = text(HexFormat.of().parseHex(header)) + "abc";
        String choice = "{ use = length-header, length-bytes = " + lengthBytes + ", endian = " + endian + " }";
        verify(choice).decodes(bytes(stream), List.of("abc"));
        assertThat(sent(choice, "abc")).isEqualTo(stream);
    }

    @Test
    void aVarintHasSevenBitsAByte() {
        String payload = "x".repeat(300);
        verify("{ use = length-header, length-bytes = varint }").decodes(bytes("\254\2" + payload), List.of(payload));
        assertThat(sent("{ use = length-header, length-bytes = varint }", payload))
                .isEqualTo("\254\2" + payload);
    }

    @Test
    void aVarintMayBeLongerThanNeedsBe() {
        verify("{ use = length-header, length-bytes = varint }")
                .decodes(bytes("\201\200\200\200\0a\200\0"), List.of("a", ""));
    }

    @Test
    void bytesBeforeTheLengthAreDroppedAndSentAsZeros() {
        String choice = "{ use = length-header, length-bytes = 2, offset = 3 }";
        verify(choice).decodes(bytes("xyz\0\2ab"), List.of("ab"));
        assertThat(sent(choice, "ab")).isEqualTo("\0\0\0\0\2ab");
    }

    @Test
    void theLengthMayCountTheHeader() {
        String choice = "{ use = length-header, length-bytes = 2, offset = 1, includes-header = on }";
        verify(choice).decodes(bytes("x\0\5abx\0\3"), List.of("ab", ""));
        assertThat(sent(choice, "ab", "")).isEqualTo("\0\0\5ab\0\0\3");
    }

    @Test
    void theHeaderMayBeKept() {
        String choice = "{ use = length-header, length-bytes = 2, offset = 1, strip-header = off }";
        verify(choice).decodes(bytes("x\0\2aby\0\0"), List.of("x\0\2ab", "y\0\0"));
        assertThat(sent(choice, "x\0\2ab", "y\0\0")).isEqualTo("x\0\2aby\0\0");
    }

    @Test
    void aMessageThatBringsItsHeaderMustSayItsTrueLength() {
        String choice = "{ use = length-header, length-bytes = 2, strip-header = off }";
        verify(choice).refusesToEncode(message("\0\3ab"), "4 bytes", "header says 5");
        verify(choice).refusesToEncode(message("\0\1ab"), "4 bytes", "header says 3");
        verify(choice).refusesToEncode(message("\0"), "1 bytes", "header is not complete");
        verify("{ use = length-header, length-bytes = 2, strip-header = off, includes-header = on }")
                .refusesToEncode(message("\0\1"), "wrong header", "header alone has 2");
        verify("{ use = length-header, length-bytes = varint, strip-header = off }")
                .refusesToEncode(message("\377\377\377\377\377\1"), "wrong header", "longer than 5 bytes");
    }

    @Test
    void theLimitIsTheWholeFrame() {
        String choice = "{ use = length-header, max-frame = 8B }";
        verify(choice).decodes(bytes("\0\0\0\4abcd"), List.of("abcd"));
        verify(choice).refuses(bytes("\0\0\0\1a\0\0\0\5"), List.of("a"), "says 5 bytes", "limit 4", "max-frame = 8B");
        verify("{ use = length-header, max-frame = 8B, includes-header = on }")
                .refuses(bytes("\0\0\0\11"), List.of(), "says 9 bytes", "limit 8");
    }

    @Test
    void theLimitIsForWhatComesIn() {
        assertThat(sent("{ use = length-header, max-frame = 8B }", "longer than this"))
                .endsWith("longer than this");
    }

    @Test
    void aNegativeOrHugeLengthIsRefusedWithoutAllocating() {
        verify("length-header").refuses(bytes("\377\377\377\377"), List.of(), "says 4294967295 bytes");
        verify("length-header").refuses(bytes("\177\377\377\377abc"), List.of(), "says 2147483647 bytes");
        verify("{ use = length-header, length-bytes = 8 }")
                .refuses(bytes("\377\377\377\377\377\377\377\377"), List.of(), "says 18446744073709551615 bytes");
        verify("{ use = length-header, length-bytes = 8, includes-header = on }")
                .refuses(bytes("\200\0\0\0\0\0\0\0"), List.of(), "says 9223372036854775808 bytes");
        verify("{ use = length-header, length-bytes = varint }")
                .refuses(bytes("\377\377\377\377\177"), List.of(), "says 34359738367 bytes");
    }

    @Test
    void aVarintOfSixBytesIsRefused() {
        verify("{ use = length-header, length-bytes = varint }")
                .refuses(bytes("\1a\200\200\200\200\200\1"), List.of("a"), "longer than 5 bytes");
    }

    @Test
    void aLengthThatDoesNotCoverItsHeaderIsRefused() {
        String choice = "{ use = length-header, length-bytes = 2, offset = 1, includes-header = on }";
        verify(choice).refuses(bytes("x\0\2"), List.of(), "says 2 bytes", "header alone has 3");
        verify(choice).refuses(bytes("x\0\0"), List.of(), "says 0 bytes");
    }

    @Test
    void aFrameWithinTheLimitThatNeverComesAllocatesNothing() {
        verify("{ use = length-header, max-frame = 1GiB }")
                .refuses(bytes("\77\377\0\0abc"), List.of(), "after 7 bytes");
    }

    @Test
    void anIncompleteHeaderAtTheEndIsRefused() {
        verify("length-header").refuses(bytes("\0\0\0\1a\0\0"), List.of("a"), "after 2 bytes");
    }

    @Test
    void aPayloadThatTheFieldCannotSayIsRefused() {
        String one = "{ use = length-header, length-bytes = 1 }";
        assertThat(sent(one, "x".repeat(255))).startsWith("\377x");
        verify(one).refusesToEncode(message("x".repeat(256)), "256 bytes", "at most 255");
        verify("{ use = length-header, length-bytes = 1, includes-header = on }")
                .refusesToEncode(message("x".repeat(255)), "255 bytes", "length of 256", "at most 255");
        verify("{ use = length-header, length-bytes = 2 }")
                .refusesToEncode(message("x".repeat(65536)), "65536 bytes", "at most 65535");
    }

    @Test
    void aVarintThatCountsItselfGrowsWithItself() {
        String choice = "{ use = length-header, length-bytes = varint, includes-header = on }";
        assertThat(sent(choice, "x".repeat(126))).isEqualTo("\177" + "x".repeat(126));
        assertThat(sent(choice, "x".repeat(127))).isEqualTo("\201\1" + "x".repeat(127));
    }

    private static String sent(String choice, String... payloads) {
        return text(verify(choice).encodes(messages(List.of(payloads))));
    }
}
