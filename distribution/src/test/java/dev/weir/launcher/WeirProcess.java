package dev.weir.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Weir as a process of its own, on the class path of the tests: for what a process alone shows, signals and exit codes. */
final class WeirProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final BufferedReader log;

    private WeirProcess(Process process) {
        this.process = process;
        this.out = process.inputReader(UTF_8);
        this.log = process.errorReader(UTF_8);
    }

    /** Starts {@code weir} with these arguments. */
    static WeirProcess weir(String... arguments) throws IOException {
        return weirWith(List.of(), arguments);
    }

    /** As {@link #weir}, with words before its command line. */
    static WeirProcess weirWith(List<String> before, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dguice_custom_class_loading=CHILD",
                "-Dstdout.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return new WeirProcess(new ProcessBuilder(command).start());
    }

    /** Reads log lines up to the first that contains the text, and returns that. */
    String awaitLog(String text) throws IOException {
        return await(log, text);
    }

    /** Reads the report up to the first line that contains the text, and returns that. */
    String awaitReport(String text) throws IOException {
        return await(out, text);
    }

    /** Reads the log to its end. */
    String restOfLog() throws IOException {
        return log.readAllAsString();
    }

    private static String await(BufferedReader reader, String text) throws IOException {
        StringBuilder read = new StringBuilder();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.contains(text)) {
                return line;
            }
            read.append(line).append('\n');
        }
        throw new AssertionError("no line with '" + text + "' in:\n" + read);
    }

    /** Sends SIGTERM. */
    void terminate() {
        process.toHandle().destroy(); // Process.destroy would close the streams, too.
    }

    long pid() {
        return process.pid();
    }

    /** Waits for the end. */
    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
