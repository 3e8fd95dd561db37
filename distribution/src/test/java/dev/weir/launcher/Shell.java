package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Runs a command line as a person would, with what it prints. */
final class Shell {
    private Shell() {}

    /** Runs a line and gives its standard output. It must end within a minute with exit code 0. */
    static String run(String line) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(line + " ended").isTrue();
        assertThat(process.exitValue()).as("exit code of: " + line).isZero();
        return output;
    }

    /** Skips the test where a command is not installed, and says so. */
    static void needs(String command) throws IOException, InterruptedException {
        int found = new ProcessBuilder("sh", "-c", "command -v " + command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assumeTrue(found == 0, () -> "skipped: " + command + " is not installed");
    }
}
