package dev.weir.protocols.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.metrics.Counter;
import dev.weir.metrics.Metrics;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpositionTest {
    private final Metrics metrics = new Metrics();
    private final Exposition exposition = new Exposition(metrics, false);

    @Test
    void tellsEachReadingAsItIsNow() {
        Counter counter = metrics.counter("weir.a", Map.of("x", "1"));
        assertThat(exposition.text()).contains("weir_a_total{x=\"1\"} 0.0");
        counter.add(41);
        metrics.gauge("weir.b", Map.of()).set(-7);
        assertThat(exposition.text()).contains("weir_a_total{x=\"1\"} 41.0", "weir_b -7.0");
    }

    @Test
    void forgetsWhatIsTakenOffTheList() {
        metrics.counter("weir.a", Map.of("x", "1"));
        metrics.counter("weir.a", Map.of("x", "2"));
        exposition.text();
        metrics.remove("weir.a", Map.of("x", "1"));
        assertThat(exposition.text()).contains("x=\"2\"").doesNotContain("x=\"1\"");
    }
}
