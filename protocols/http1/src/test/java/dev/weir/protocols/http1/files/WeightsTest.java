package dev.weir.protocols.http1.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WeightsTest {

    @Test
    void whatIsSaidHasItsWeightAndWhatIsNotHasNone() {
        Weights weights = Weights.of(List.of("GZIP;q=0.5, br , x;Q=0.25;y=z", "zstd; q=0 ,*;q=0.123"));
        assertThat(weights.of("gzip")).hasValue(500);
        assertThat(weights.of("br")).hasValue(1000);
        assertThat(weights.of("x")).hasValue(250);
        assertThat(weights.of("zstd")).hasValue(0);
        assertThat(weights.of("*")).hasValue(123);
        assertThat(weights.of("deflate")).isEmpty();
    }

    @Test
    void theMostParticularNameCounts() {
        Weights weights = Weights.of(List.of("text/*;q=0.3, text/html;q=0.7, */*;q=0.1"));
        assertThat(weights.firstOf("text/html", "text/*", "*/*")).isEqualTo(700);
        assertThat(weights.firstOf("text/plain", "text/*", "*/*")).isEqualTo(300);
        assertThat(weights.firstOf("image/png", "image/*", "*/*")).isEqualTo(100);
        assertThat(Weights.of(List.of()).firstOf("image/png", "*/*")).isZero();
    }

    @Test
    void whatIsNoWeightIsNotSaid() {
        Weights weights =
                Weights.of(List.of("a;q=2, b;q=1.1, c;q=-1, d;q=0.1234, e;q=x, f;q=, ;q=1, ,;, g;q=1.000, h;q=0."));
        for (String name : new String[] {"a", "b", "c", "d", "e", "f", ""}) {
            assertThat(weights.of(name)).as(name).isEmpty();
        }
        assertThat(weights.of("g")).hasValue(1000);
        assertThat(weights.of("h")).hasValue(0);
    }

    @Test
    void theFirstOfTwoCounts() {
        assertThat(Weights.of(List.of("a;q=0.2, a;q=0.9")).of("a")).hasValue(200);
    }
}
