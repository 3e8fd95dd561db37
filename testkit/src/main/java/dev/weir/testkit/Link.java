package dev.weir.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The network of a process that has one of its own: it has but the loopback interface, and nobody else is on it. */
final class Link {
    private static final Path NETSTAT = Path.of("/proc/net/netstat");
    private static final Path FIN_TIMEOUT = Path.of("/proc/sys/net/ipv4/tcp_fin_timeout");
    private static final Path MIGRATE_REQUESTS = Path.of("/proc/sys/net/ipv4/tcp_migrate_req");
    private static final List<Path> CONNECTIONS = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    private Link() {}

    static void up() throws IOException, InterruptedException {
        set("up");
    }

    /** From now on nothing arrives anywhere. */
    static void down() throws IOException, InterruptedException {
        set("down");
    }

    private static void set(String state) throws IOException, InterruptedException {
        Process ip = new ProcessBuilder("ip", "link", "set", "lo", state)
                .redirectErrorStream(true)
                .start();
        String said = new String(ip.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (ip.waitFor() != 0) {
            throw new IOException("the link does not go " + state + ": " + said);
        }
    }

    /** How long the kernel keeps a closed socket whose peer has not ended (tcp(7), tcp_fin_timeout). */
    static void finTimeoutSeconds(int seconds) throws IOException {
        Files.writeString(FIN_TIMEOUT, Integer.toString(seconds));
    }

    /** Whether connections that wait for a socket that is closed go over to others of its group (1) or are reset (0). */
    static void migrateRequests(int value) throws IOException {
        Files.writeString(MIGRATE_REQUESTS, Integer.toString(value));
    }

    /** Probes that the kernel has sent on silent connections, in all. */
    static long keepAliveProbes() throws IOException {
        List<String> lines = Files.readAllLines(NETSTAT);
        List<String> names = List.of(lines.get(0).split(" "));
        List<String> values = List.of(lines.get(1).split(" "));
        return Long.parseLong(values.get(names.indexOf("TCPKeepAlive")));
    }

    /** How many sockets are in FIN_WAIT_2: they have ended their half, and their peers have not. */
    static long waitingForTheEnd() throws IOException {
        long count = 0;
        for (Path connections : CONNECTIONS) {
            for (String line : Files.readAllLines(connections)) {
                // The state is the fourth column, FIN_WAIT_2 is 5 (include/net/tcp_states.h).
                String[] columns = line.trim().split("\\s+", -1);
                count += columns[3].equals("05") ? 1 : 0;
            }
        }
        return count;
    }
}
