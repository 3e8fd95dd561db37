package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution ends as it should when what no connection is to blame for ends it. */
class ExitCodesIT {
    private static final Path DISTRIBUTION = Path.of("target/weir");

    @TempDir
    private Path folder;

    @TempDir
    private Path plugins;

    @Test
    void noDescriptorLeftAndThePolicyExitEndsItWith75() throws Exception {
        Shell.needs("prlimit");
        try (RunningWeir weir = start("""
                weir.process.descriptors.on-exhausted = exit
                weir.servers.victim { codec = raw, protocol = echo, lifecycle.deadlines.first-byte = off }
                """)) {
            long open = openDescriptors(weir.pid());
            // Below what Weir counted on at its start: so the kernel says no before Weir does.
            Shell.run("prlimit --pid " + weir.pid() + " --nofile=" + (open + 4) + ":");
            List<Socket> clients = connect(8, weir.port("victim"));

            assertThat(weir.exitCode()).isEqualTo(75);
            assertThat(log()).contains("descriptors are exhausted");
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    @Test
    void anErrorThatEndangersTheProcessEndsItWith70AndItsStack() throws Exception {
        OutOfMemoryPlugin.jar(plugins.resolve("out-of-memory.jar"));
        try (RunningWeir weir = start("weir.servers.victim { codec = raw, protocol = out-of-memory }");
                Socket client = new Socket(InetAddress.getLoopbackAddress(), weir.port("victim"))) {
            client.getOutputStream().write('x');

            assertThat(weir.exitCode()).isEqualTo(70);
            assertThat(log()).contains("java.lang.OutOfMemoryError: as a test", "OutOfMemoryPlugin");
        }
    }

    private RunningWeir start(String configuration) throws IOException {
        return RunningWeir.start(
                DISTRIBUTION,
                Files.writeString(folder.resolve("weir.conf"), configuration),
                List.of("victim"),
                folder.resolve("log"),
                "--plugins",
                plugins.toString());
    }

    /** As many as there are to be, or fewer when the server ends meanwhile. */
    private static List<Socket> connect(int most, int port) throws IOException {
        List<Socket> clients = new ArrayList<>();
        try {
            while (clients.size() < most) {
                clients.add(new Socket(InetAddress.getLoopbackAddress(), port));
            }
        } catch (ConnectException ended) {
            assertThat(clients).as("clients before the end").hasSizeGreaterThan(4);
        }
        return clients;
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    private static long openDescriptors(long pid) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc", String.valueOf(pid), "fd"))) {
            return open.count();
        }
    }
}
