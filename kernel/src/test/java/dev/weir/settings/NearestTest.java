package dev.weir.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> WORDS = List.of("use", "max-length", "charset", "on");

    @Test
    void aSlipIsNearToTheWordThatWasMeant() {
        assertThat(Nearest.of("max-lenght", WORDS)).contains("max-length");
        assertThat(Nearest.of("maxlength", WORDS)).contains("max-length");
        assertThat(Nearest.of("uses", WORDS)).contains("use");
        assertThat(Nearest.of("charst", WORDS)).contains("charset");
    }

    @Test
    void anotherWordIsNotNear() {
        assertThat(Nearest.of("timeout", WORDS)).isEmpty();
        assertThat(Nearest.of("x", WORDS)).isEmpty();
        assertThat(Nearest.of("ab", WORDS)).isEmpty();
    }

    @Test
    void ofTwoThatAreNearTheNearerIsMeantElseTheFirstByName() {
        assertThat(Nearest.of("line", List.of("lines", "link", "line-end"))).contains("lines");
        assertThat(Nearest.of("linex", List.of("liney", "linez", "linea"))).contains("linea");
    }

    @Test
    void theHintListsAllWordsWhereNoneIsNear() {
        assertThat(Nearest.hint("timeout", WORDS)).isEqualTo("There is: use, max-length, charset, on.");
        assertThat(Nearest.hint("timeout", List.of())).isEqualTo("There are no keys here.");
    }
}
