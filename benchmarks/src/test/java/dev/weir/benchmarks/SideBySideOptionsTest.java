package dev.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SideBySideOptionsTest {
    private static final List<Candidate> KNOWN = List.of(candidate("a"), candidate("b"), candidate("c"));

    @Test
    void withoutOptionsAllRunFiveTimesForFiveSeconds() {
        assertThat(parse()).isEqualTo(new SideBySideOptions(5, 5, Workload.ALL, KNOWN, Optional.empty()));
    }

    @Test
    void optionsChoose() {
        assertThat(parse(
                        "--rounds",
                        "2",
                        "--seconds",
                        "30",
                        "--workloads",
                        "lines,echo-64",
                        "--candidates",
                        "c,a",
                        "--baseline",
                        "a"))
                .isEqualTo(new SideBySideOptions(
                        2,
                        30,
                        List.of(Workload.named("lines"), Workload.named("echo-64")),
                        List.of(KNOWN.get(2), KNOWN.get(0)),
                        Optional.of("a")));
    }

    @Test
    void whatIsWrongIsSaid() {
        assertThatIllegalArgumentException().isThrownBy(() -> parse("--rounds")).withMessageContaining("--rounds");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("--rounds", "0"))
                .withMessageContaining("from 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("--speed", "9"))
                .withMessageContaining("--speed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("--workloads", "lines,smtp"))
                .withMessage("there is no workload smtp; there is: " + Workload.names());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("--candidates", "d"))
                .withMessage("there is no candidate d; there is: a,b,c");
    }

    @Test
    void ratiosAreToNettyOnEpollWhereItTakesPart() {
        List<Candidate> known = List.of(candidate("a"), candidate("netty-epoll"));
        assertThat(SideBySideOptions.parse(List.of(), known).baseline()).isEqualTo("netty-epoll");
        assertThat(SideBySideOptions.parse(List.of("--candidates", "a"), known).baseline())
                .isEqualTo("a");
        assertThat(parse("--baseline", "c").baseline()).isEqualTo("c");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("--baseline", "c", "--candidates", "b,a"))
                .withMessage("--baseline c: it is none of the candidates, which are: b,a");
    }

    @Test
    void everyOtherRoundGoesBackwards() {
        assertThat(SideBySide.order(KNOWN, 0)).extracting(Candidate::name).containsExactly("a", "b", "c");
        assertThat(SideBySide.order(KNOWN, 1)).extracting(Candidate::name).containsExactly("c", "b", "a");
        assertThat(SideBySide.order(KNOWN, 2)).extracting(Candidate::name).containsExactly("a", "b", "c");
    }

    private static SideBySideOptions parse(String... arguments) {
        return SideBySideOptions.parse(List.of(arguments), KNOWN);
    }

    private static Candidate candidate(String name) {
        return new WeirCandidate(name, Path.of("home"), Path.of("conf"), name);
    }
}
