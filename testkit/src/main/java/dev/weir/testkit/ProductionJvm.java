package dev.weir.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A JVM of its own that compiles as in production, on the class path of this one. The tests' own does without the compiler's second
 * tier, which removes objects that do not escape, and follows every buffer for leaks.
 */
public final class ProductionJvm {
    private ProductionJvm() {}

    /**
     * Runs the {@code main} of a class to its end.
     *
     * @return the lines that it has printed, on standard error, too
     * @throws AssertionError when it has not ended with 0; the message is what it has printed
     */
    public static List<String> run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                // What is inlined must not depend on when a compiler thread got its turn.
                "-Xbatch",
                "--enable-native-access=ALL-UNNAMED",
                "-Dguice_custom_class_loading=CHILD",
                "-Dio.netty.leakDetection.level=disabled",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        // To a file: a test that takes too long is interrupted, which waiting for a process heeds, and reading from it
        // does not.
        Path said = Files.createTempFile("production-jvm", ".log");
        Process java = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            if (java.waitFor() != 0) {
                throw new AssertionError(Files.readString(said));
            }
            return Files.readAllLines(said);
        } finally {
            java.destroyForcibly();
            Files.delete(said);
        }
    }
}
