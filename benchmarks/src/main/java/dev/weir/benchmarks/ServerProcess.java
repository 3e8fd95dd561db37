package dev.weir.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A candidate that runs: from its start until {@link #close}. */
final class ServerProcess implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile(".*\\b127\\.0\\.0\\.1:(\\d+)\\s*");
    private static final int STOP_SECONDS = 10;

    private final Process process;
    private final Thread hook;
    private final int port;

    /**
     * Starts a server and waits until it has told its port.
     *
     * @param log the file for what it says on standard error
     * @throws IOException when it cannot be started, or ends without telling a port
     */
    ServerProcess(List<String> command, Path log) throws IOException {
        process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        hook = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(hook);
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        OptionalInt told = OptionalInt.empty();
        String line = "";
        while (told.isEmpty() && line != null) {
            line = output.readLine();
            told = line == null ? told : portIn(line);
        }
        port = told.orElseThrow(() -> {
            close();
            return new IOException(
                    "the server has ended without telling its port; it is " + command + ", its log is in " + log);
        });
        // A server that says more must not wait for a reader.
        Thread.ofVirtual().start(() -> readOn(output));
    }

    /** The port that a line of a server's output tells. */
    static OptionalInt portIn(String line) {
        Matcher port = PORT.matcher(line);
        return port.matches() ? OptionalInt.of(Integer.parseInt(port.group(1))) : OptionalInt.empty();
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** Ends it by SIGTERM, or by force when it has not ended after 10 s. */
    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(hook);
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void readOn(BufferedReader output) {
        try {
            output.lines().forEach(line -> {});
        } catch (UncheckedIOException ended) {
            // The stream is closed when the process ends: nothing is lost.
            return;
        }
    }
}
