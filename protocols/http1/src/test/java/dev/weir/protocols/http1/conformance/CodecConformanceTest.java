package dev.weir.protocols.http1.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.codec.CodecFactory;
import dev.weir.protocols.http1.Http1Plugin;
import dev.weir.protocols.http1.HttpRequest;
import dev.weir.protocols.http1.HttpResponse;
import dev.weir.protocols.http1.conformance.Case.End;
import dev.weir.testkit.PluginParts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case on the codec alone, cut at every place. */
class CodecConformanceTest {
    private static final CodecFactory<HttpRequest, HttpResponse> CODEC =
            PluginParts.of(new Http1Plugin()).codec(Cases.CODEC, HttpRequest.class, HttpResponse.class);

    static List<Case> cases() {
        return Cases.all();
    }

    @Test
    void thereAreManyAndEachHasAName() {
        assertThat(cases()).hasSizeGreaterThan(300);
        assertThat(cases()).extracting(each -> each.name() + each.in()).doesNotHaveDuplicates();
        assertThat(cases()).extracting(Case::section).allMatch(section -> section.matches("\\d{4} \\S+"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void inOnePiece(Case each) throws IOException {
        judge(each, each.bytes().length);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void byteByByte(Case each) throws IOException {
        judge(each, 1);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void inThrees(Case each) throws IOException {
        judge(each, 3);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void cutInTwoAnywhere(Case each) throws IOException {
        int length = each.bytes().length;
        for (int cut = 1; cut < length; cut++) {
            judgeCut(each, cut);
        }
    }

    private static void judge(Case each, int pieces) throws IOException {
        byte[] bytes = each.bytes();
        try (CodecAlone alone = new CodecAlone(CODEC, new Mirror())) {
            for (int from = 0; from < bytes.length; from += pieces) {
                alone.receive(bytes, from, Math.min(bytes.length, from + pieces));
            }
            judge(each, alone);
        }
    }

    private static void judgeCut(Case each, int cut) throws IOException {
        byte[] bytes = each.bytes();
        try (CodecAlone alone = new CodecAlone(CODEC, new Mirror())) {
            alone.receive(bytes, 0, cut);
            alone.receive(bytes, cut, bytes.length);
            judge(each, alone);
        } catch (AssertionError wrong) {
            throw new AssertionError(
                    "cut behind \"" + new String(Arrays.copyOf(bytes, cut), StandardCharsets.ISO_8859_1) + "\": "
                            + wrong.getMessage(),
                    wrong);
        }
    }

    private static void judge(Case each, CodecAlone alone) throws IOException {
        if (each.end() == End.CUT) {
            assertThat(alone.isClosed()).as("closed before the client's end").isFalse();
            alone.receiveEnd();
        }
        StrictReader reader = new StrictReader(new ByteArrayInputStream(alone.sent()));
        Judge.answers(each, reader);
        Judge.end(each, reader);
        assertThat(alone.isSwitched()).as("in another protocol").isEqualTo(each.end() == End.SWITCHED);
        assertThat(alone.isClosed()).as("closed").isEqualTo(each.end() == End.CLOSED || each.end() == End.CUT);
        if (each.end() == End.OPEN) {
            alone.receiveEnd();
            assertThat(alone.violation()).isEmpty();
            assertThat(alone.isClosed()).as("closed at the client's end").isTrue();
        }
    }
}
