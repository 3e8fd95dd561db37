package dev.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTableTest {
    private static final long SECOND = 1_000_000_000L;

    private final ResultTable table = new ResultTable(100);

    @Test
    void aRowHasMediansAndSpreadsInItsUnits() {
        table.add("echo", "nio", new Measurement(100_000, SECOND, 60, 50_000, 900_000));
        table.add("echo", "nio", new Measurement(200_000, 2 * SECOND, 100, 40_000, 800_000));
        table.add("echo", "nio", new Measurement(90_000, SECOND, 90, 60_000, 950_000));

        assertThat(rows("nio"))
                .containsExactly("| echo | nio | 6.00 (5.00–10.00) | 1.000 (1.000–1.000) | 100000 (90000–100000)"
                        + " | 50 (40–60) | 900 (800–950) | 60 (50–90) |");
    }

    @Test
    void ratiosAreMadeRoundByRoundBeforeTheMedianIsTaken() {
        // A machine that is slow in the second round: 5 and 10 µs, then 20 and 30, then 4 and 2. Medians alone would
        // say 2.
        add("nio", 50, 200, 40);
        add("epoll", 100, 300, 20);

        assertThat(rows("nio").get(1)).contains("| epoll | 10.00 (2.00–30.00) | 1.500 (0.500–2.000) |");
    }

    @Test
    void eachWorkloadHasItsOwnBaselineAndTheRowsKeepTheirOrder() {
        for (String workload : List.of("lines", "echo")) {
            for (String candidate : List.of("nio", "epoll")) {
                table.add(workload, candidate, new Measurement(1_000, SECOND, workload.length(), 1, 1));
            }
        }

        assertThat(rows("epoll"))
                .extracting(row -> row.substring(0, row.indexOf(" | ", 10)))
                .containsExactly("| lines | nio", "| lines | epoll", "| echo | nio", "| echo | epoll");
        assertThat(table.markdown("epoll")).contains("| CPU to epoll |");
    }

    private void add(String candidate, long... ticks) {
        for (long ofRound : ticks) {
            table.add("echo", candidate, new Measurement(100_000, SECOND, ofRound, 1, 1));
        }
    }

    private List<String> rows(String baseline) {
        return table.markdown(baseline).lines().skip(2).toList();
    }
}
