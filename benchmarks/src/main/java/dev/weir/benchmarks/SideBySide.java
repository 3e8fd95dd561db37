package dev.weir.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares servers: runs each as a process of its own, drives it by a load in another process, and prints a table. Started by
 * {@code benchmarks/side-by-side}, which says where things are: the property {@code weir.root} is the folder of the project,
 * {@code weir.clock-ticks} what {@code getconf CLK_TCK} tells.
 */
final class SideBySide {
    private static final int WRONG_USAGE = 64;
    private static final int FAILED = 1;

    private final SideBySideOptions options;
    private final Pinning pinning;
    private final Path logs;
    private final ResultTable results = new ResultTable(Long.getLong("weir.clock-ticks"));

    private SideBySide(SideBySideOptions options, Pinning pinning, Path logs) {
        this.options = options;
        this.pinning = pinning;
        this.logs = logs;
    }

    static void main(String[] arguments) throws InterruptedException {
        Path root = Path.of(System.getProperty("weir.root"));
        List<Candidate> candidates = candidates(root);
        if (List.of(arguments).contains("--help")) {
            System.out.println(SideBySideOptions.usage(candidates));
            return;
        }
        try {
            SideBySideOptions options = SideBySideOptions.parse(List.of(arguments), candidates);
            Path logs = Files.createDirectories(root.resolve("benchmarks/target/side-by-side"));
            System.out.println(new SideBySide(options, Pinning.ofThisMachine(), logs).compare());
        } catch (IllegalArgumentException e) {
            System.err.println("side-by-side: " + e.getMessage() + "\n" + SideBySideOptions.usage(candidates));
            System.exit(WRONG_USAGE);
        } catch (IOException e) {
            System.err.println("side-by-side: " + e.getMessage());
            System.exit(FAILED);
        }
    }

    /** All that can be compared. Another server is added here. */
    private static List<Candidate> candidates(Path root) {
        Path home = root.resolve("distribution/target/weir");
        Path configurations = root.resolve("examples/lab");
        Path java = home.resolve("runtime/bin/java");
        Path netty = root.resolve("benchmarks/netty/target");
        return List.of(
                new WeirCandidate("weir-epoll", home, configurations, "{ use = epoll, trigger = edge }"),
                new WeirCandidate("weir-epoll-level", home, configurations, "{ use = epoll, trigger = level }"),
                new WeirCandidate("weir-nio", home, configurations, "nio"),
                new NettyCandidate("netty-epoll", java, netty, "epoll"),
                new NettyCandidate("netty-nio", java, netty, "nio"));
    }

    private String compare() throws IOException, InterruptedException {
        for (Workload workload : options.workloads()) {
            for (int round = 0; round < options.rounds(); round++) {
                for (Candidate candidate : order(options.candidates(), round)) {
                    System.err.printf(
                            "%s, round %d of %d: %s%n", workload.name(), round + 1, options.rounds(), candidate.name());
                    results.add(workload.name(), candidate.name(), measure(candidate, workload));
                }
            }
        }
        return """
                %s, %s.
                %s; median (least–greatest) of %d rounds of %d s, each after a warm-up of %d s.

                %s""".formatted(
                        Machine.describe(),
                        LocalDate.now(ZoneOffset.UTC),
                        pinning.description(),
                        options.rounds(),
                        options.seconds(),
                        options.seconds(),
                        results.markdown(options.baseline()));
    }

    /** Every other round goes backwards, so that a machine that grows slower or faster favours none. */
    static List<Candidate> order(List<Candidate> candidates, int round) {
        return round % 2 == 0 ? candidates : candidates.reversed();
    }

    private Measurement measure(Candidate candidate, Workload workload) throws IOException, InterruptedException {
        Path log = logs.resolve(candidate.name() + "-" + workload.name() + ".log");
        try (ServerProcess server = new ServerProcess(pinning.server(candidate.command(workload.wire())), log)) {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(JvmFlags.LOAD);
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), Load.class.getName()));
            command.addAll(List.of(
                    workload.name(),
                    Integer.toString(server.port()),
                    Long.toString(server.pid()),
                    Integer.toString(options.seconds())));
            Process load = new ProcessBuilder(pinning.load(command))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String line = load.inputReader(StandardCharsets.UTF_8).readLine();
            if (load.waitFor() != 0 || line == null) {
                throw new IOException(
                        "%s with %s failed; the server's log is %s".formatted(candidate.name(), workload.name(), log));
            }
            return Measurement.parse(line);
        }
    }
}
