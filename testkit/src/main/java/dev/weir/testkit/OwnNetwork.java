package dev.weir.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs scenarios in a JVM of its own that has a network of its own ({@link Link} is what it does with that). That takes Linux, the
 * programs unshare(1) and ip(8), and the right to use them.
 */
final class OwnNetwork {
    private OwnNetwork() {}

    /** Skips the test where that cannot be had, and says so on the standard output, too: a report of skipped tests may hide the reason. */
    static void assumeItCanBeHad() throws IOException, InterruptedException {
        String why;
        try {
            Process trial = new ProcessBuilder("unshare", "-n", "ip", "link", "set", "lo", "up")
                    .redirectErrorStream(true)
                    .start();
            why = new String(trial.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (trial.waitFor() == 0) {
                return;
            }
        } catch (IOException e) {
            why = e.getMessage();
        }
        String reason = "skipped, for a process cannot have a network of its own here: " + why.strip();
        System.out.println(reason);
        assumeTrue(false, reason);
    }

    /**
     * Runs a class's main to its end. Its network's one link is down at first.
     *
     * @return the lines of its standard output
     */
    static List<String> said(Class<?> main, String... arguments) throws IOException, InterruptedException {
        List<String> java = List.of(
                "unshare",
                "-n",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Dguice_custom_class_loading=CHILD",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
        Process process = new ProcessBuilder(
                        Stream.concat(java.stream(), Stream.of(arguments)).toList())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } finally {
            process.destroy();
            process.waitFor();
        }
    }
}
