package dev.weir.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The measurements of all rounds, and the Markdown table that is made of them. */
final class ResultTable {
    private final long ticksPerSecond;
    /** By workload, then by candidate, in the order in which they first came; a measurement a round. */
    private final Map<String, Map<String, List<Measurement>>> measurements = new LinkedHashMap<>();

    /** @param ticksPerSecond clock ticks, as {@code getconf CLK_TCK} tells them */
    ResultTable(long ticksPerSecond) {
        this.ticksPerSecond = ticksPerSecond;
    }

    /** Adds what was measured in the next round. Every candidate of a workload must have as many rounds when the table is made. */
    void add(String workload, String candidate, Measurement measurement) {
        measurements
                .computeIfAbsent(workload, name -> new LinkedHashMap<>())
                .computeIfAbsent(candidate, name -> new ArrayList<>())
                .add(measurement);
    }

    /**
     * The table.
     *
     * @param baseline the candidate to which the others are compared, round by round
     */
    String markdown(String baseline) {
        StringBuilder table = new StringBuilder()
                .append("| workload | server | CPU µs/request | CPU to ")
                .append(baseline)
                .append(" | requests/s | p50 µs | p99 µs | server CPU % |\n")
                .append("|---|---|---|---|---|---|---|---|\n");
        measurements.forEach((workload, candidates) -> candidates.forEach((candidate, rounds) -> table.append("| ")
                .append(String.join(" | ", row(workload, candidate, rounds, candidates.get(baseline))))
                .append(" |\n")));
        return table.toString();
    }

    private List<String> row(
            String workload, String candidate, List<Measurement> rounds, List<Measurement> baselineRounds) {
        Spread ratio = Spread.of(IntStream.range(0, rounds.size())
                .mapToDouble(round -> cpu(rounds.get(round)) / cpu(baselineRounds.get(round)))
                .toArray());
        return List.of(
                workload,
                candidate,
                spread(rounds, this::cpu).cell(2),
                ratio.cell(3),
                spread(rounds, Measurement::requestsPerSecond).cell(0),
                spread(rounds, Measurement::p50Micros).cell(0),
                spread(rounds, Measurement::p99Micros).cell(0),
                spread(rounds, round -> round.cpuPercent(ticksPerSecond)).cell(0));
    }

    private double cpu(Measurement measurement) {
        return measurement.cpuMicros(ticksPerSecond);
    }

    private static Spread spread(List<Measurement> rounds, ToDoubleFunction<Measurement> figure) {
        return Spread.of(rounds.stream().mapToDouble(figure).toArray());
    }
}
