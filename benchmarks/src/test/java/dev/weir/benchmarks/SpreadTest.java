package dev.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void theMedianOfAnOddNumberIsTheMiddleOne() {
        assertThat(Spread.of(9, 1, 4)).isEqualTo(new Spread(4, 1, 9));
        assertThat(Spread.of(5)).isEqualTo(new Spread(5, 5, 5));
    }

    @Test
    void theMedianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
        assertThat(Spread.of(10, 1, 4, 2)).isEqualTo(new Spread(3, 1, 10));
    }

    @Test
    void theValuesStayInTheirOrder() {
        double[] values = {3, 1, 2};
        Spread.of(values);
        assertThat(values).containsExactly(3, 1, 2);
    }

    @Test
    void noValuesHaveNoSpread() {
        assertThatIllegalArgumentException().isThrownBy(Spread::of);
    }

    @Test
    void aCellHasThePointWhateverTheLocale() {
        assertThat(new Spread(5.314, 5.2, 5.606).cell(2)).isEqualTo("5.31 (5.20–5.61)");
        assertThat(new Spread(99.6, 1, 100).cell(0)).isEqualTo("100 (1–100)");
    }
}
