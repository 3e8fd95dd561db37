package dev.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptTest {
    private static final byte[] NONE = {};

    @Test
    void echoHearsWhatItSays() {
        Script script = new Script(Workload.named("echo-64"), 0, NONE);
        assertThat(script.request(0).remaining()).isEqualTo(64);
        assertThat(script.reply(0)).isEqualTo(script.request(0));
    }

    @Test
    void linesAreSentWithLfAndHeardWithCrlf() {
        Script script = new Script(Workload.named("lines"), 0, NONE);
        String said = text(script.request(0));

        assertThat(said.split("\n"))
                .hasSize(16)
                .allSatisfy(line -> assertThat(line).hasSize(32).matches("[ -~]+"));
        assertThat(text(script.reply(0))).isEqualTo(said.replace("\n", "\r\n"));
    }

    @Test
    void framesHaveTheirLengthBeforeThem() {
        Script script = new Script(Workload.named("frames"), 0, NONE);
        assertThat(script.request(0).remaining()).isEqualTo(68);
        assertThat(script.request(0).getInt()).isEqualTo(64);
        assertThat(script.reply(0)).isEqualTo(script.request(0));
    }

    @Test
    void requestsOfHttpAreAnsweredAlike() {
        Script script = new Script(Workload.named("http-x16"), 0, new byte[] {1, 2});
        assertThat(text(script.request(3))).isEqualTo(HttpAnswer.REQUEST.repeat(16));
        assertThat(text(script.reply(3))).isEqualTo("\1\2".repeat(16));
    }

    @Test
    void noTwoBatchesAndNoTwoConnectionsSayTheSame() {
        List<Workload> withPayload = Workload.ALL.stream()
                .filter(workload -> workload.payloadBytes() > 0)
                .toList();
        assertThat(withPayload).hasSize(5);
        for (Workload workload : withPayload) {
            Script script = new Script(workload, 0, NONE);
            Script another = new Script(workload, 1, NONE);
            assertThat(List.of(script.request(0), script.request(1), another.request(0), another.request(1)))
                    .as(workload.name())
                    .doesNotHaveDuplicates();
        }
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.ISO_8859_1.decode(bytes).toString();
    }
}
