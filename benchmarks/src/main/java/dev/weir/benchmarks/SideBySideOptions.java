package dev.weir.benchmarks;

import java.util.List;
import java.util.Optional;

/**
 * What a comparison is asked to do.
 *
 * @param rounds how often every candidate runs every workload, 1 or more
 * @param seconds of each measurement, and of each warm-up, 1 or more
 * @param workloads those to run
 * @param candidates those to compare
 * @param chosenBaseline the one to which ratios are, if one was chosen
 */
record SideBySideOptions(
        int rounds,
        int seconds,
        List<Workload> workloads,
        List<Candidate> candidates,
        Optional<String> chosenBaseline) {
    private static final int ROUNDS = 5;
    private static final int SECONDS = 5;
    private static final String USUAL_BASELINE = "netty-epoll";

    /** How the options are written. */
    static String usage(List<Candidate> known) {
        return """
                Usage: benchmarks/side-by-side [OPTION VALUE]...
                  --rounds N         how often every server runs every workload; default %d
                  --seconds N        of each measurement, and of the warm-up before it; default %d
                  --workloads A,B    default: %s
                  --candidates A,B   the servers; default: %s
                  --baseline A       the server to which ratios are; default: %s, without it the first""".formatted(ROUNDS, SECONDS, Workload.names(), names(known), USUAL_BASELINE);
    }

    /**
     * Reads a command line.
     *
     * @param known the candidates that there are
     * @throws IllegalArgumentException when it is wrong; the message says where
     */
    static SideBySideOptions parse(List<String> arguments, List<Candidate> known) {
        SideBySideOptions options = new SideBySideOptions(ROUNDS, SECONDS, Workload.ALL, known, Optional.empty());
        for (int i = 0; i < arguments.size(); i += 2) {
            String option = arguments.get(i);
            if (i + 1 == arguments.size()) {
                throw new IllegalArgumentException(option + ": there is no such option, or its value is missing");
            }
            options = options.with(option, arguments.get(i + 1), known);
        }
        options.checkBaseline();
        return options;
    }

    /** The name of the candidate to which ratios are. */
    String baseline() {
        return chosenBaseline.orElseGet(() -> takesPart(USUAL_BASELINE)
                ? USUAL_BASELINE
                : candidates.getFirst().name());
    }

    private void checkBaseline() {
        if (!takesPart(baseline())) {
            throw new IllegalArgumentException(
                    "--baseline " + baseline() + ": it is none of the candidates, which are: " + names(candidates));
        }
    }

    private boolean takesPart(String name) {
        return candidates.stream().anyMatch(candidate -> candidate.name().equals(name));
    }

    private SideBySideOptions with(String option, String value, List<Candidate> known) {
        List<String> values = List.of(value.split(","));
        return switch (option) {
            case "--rounds" ->
                new SideBySideOptions(number(option, value), seconds, workloads, candidates, chosenBaseline);
            case "--seconds" ->
                new SideBySideOptions(rounds, number(option, value), workloads, candidates, chosenBaseline);
            case "--workloads" -> {
                List<Workload> chosen = values.stream().map(Workload::named).toList();
                yield new SideBySideOptions(rounds, seconds, chosen, candidates, chosenBaseline);
            }
            case "--candidates" -> {
                List<Candidate> chosen =
                        values.stream().map(name -> named(name, known)).toList();
                yield new SideBySideOptions(rounds, seconds, workloads, chosen, chosenBaseline);
            }
            case "--baseline" -> new SideBySideOptions(rounds, seconds, workloads, candidates, Optional.of(value));
            default -> throw new IllegalArgumentException(option + ": there is no such option");
        };
    }

    private static int number(String option, String value) {
        if (!value.matches("[1-9][0-9]{0,4}")) {
            throw new IllegalArgumentException(option + " " + value + ": expected a number from 1 to 99999");
        }
        return Integer.parseInt(value);
    }

    private static Candidate named(String name, List<Candidate> known) {
        return known.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("there is no candidate " + name + "; there is: " + names(known)));
    }

    private static String names(List<Candidate> candidates) {
        return String.join(",", candidates.stream().map(Candidate::name).toList());
    }
}
