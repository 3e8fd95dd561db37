package dev.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class MeasurementTest {
    @Test
    void oneProcessReadsWhatTheOtherHasWritten() {
        Measurement measurement = new Measurement(1, 2, 3, 4, 5);
        assertThat(Measurement.parse(measurement.line())).isEqualTo(measurement);
    }

    @Test
    void anotherLineIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Measurement.parse("requests=many"))
                .withMessageContaining("requests=many");
    }
}
