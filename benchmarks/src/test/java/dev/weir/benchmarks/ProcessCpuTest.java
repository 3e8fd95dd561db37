package dev.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessCpuTest {
    @Test
    void userAndSystemTimeAreAddedWhateverTheCommandIsCalled() {
        assertThat(ProcessCpu.ticks("4711 (we) ir 1 2) S 1 4711 4711 0 -1 4194560 17390 0 3 0 120 34 7 9 20 0 19 0 8"))
                .isEqualTo(154);
    }
}
