package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Weir started from a distribution as a person would start it, with every server on a free port. */
final class RunningWeir implements AutoCloseable {
    private static final Pattern SERVER = Pattern.compile("server (\\S+)");
    private static final Pattern LISTEN = Pattern.compile("  listen +127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    private final Map<String, Integer> ports;

    private RunningWeir(Process process, Map<String, Integer> ports) {
        this.process = process;
        this.ports = ports;
    }

    /**
     * Starts one and waits until its report has told the ports.
     *
     * @param home an unpacked distribution
     * @param servers the servers of the configuration, all of which are moved to free ports
     * @param options further ones of the command line
     */
    static RunningWeir start(Path home, Path configuration, List<String> servers, Path log, String... options)
            throws IOException {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/weir").toString(), "run", "-c", configuration.toString()));
        for (String server : servers) {
            command.addAll(List.of("-D", "weir.servers." + server + ".listen=[\"127.0.0.1:0\"]"));
        }
        command.addAll(List.of(options));
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        BufferedReader report = process.inputReader(StandardCharsets.UTF_8);
        Map<String, Integer> ports = new LinkedHashMap<>();
        String server = "";
        for (String line = report.readLine(); line != null && ports.size() < servers.size(); line = report.readLine()) {
            Matcher named = SERVER.matcher(line);
            Matcher listens = LISTEN.matcher(line);
            if (named.matches()) {
                server = named.group(1);
            } else if (listens.matches()) {
                ports.put(server, Integer.parseInt(listens.group(1)));
            }
        }
        assertThat(ports.keySet())
                .as(() -> "servers in the report; the log: " + text(log))
                .containsAll(servers);
        return new RunningWeir(process, ports);
    }

    /** The port that a server really has. */
    int port(String server) {
        return ports.get(server);
    }

    long pid() {
        return process.pid();
    }

    /** Ends it by SIGTERM and gives its exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        return exitCode();
    }

    /** Waits until it has ended by itself. */
    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it has ended").isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
