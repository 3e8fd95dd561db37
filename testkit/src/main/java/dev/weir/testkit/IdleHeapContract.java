package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.transport.Transport;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a connection keeps on the heap while nothing is going on: measured in a server of its own JVM, after a collection, on connections
 * each of which has echoed once.
 */
@Tag("kernel")
public abstract class IdleHeapContract {
    private static final int CONNECTIONS = 2_000;

    /** For subclasses, which need a constructor without parameters. */
    protected IdleHeapContract() {}

    /** The transport under test. */
    protected abstract Transport transport();

    /** Bytes that a connection may keep, with 16 for the handler and its places in the tables of loop and poller. */
    protected abstract long mostBytes();

    @Test
    void anIdleConnectionKeepsNoMoreThanItsBound() throws Exception {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IdleServer.class.getName(),
                        getClass().getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Socket> clients = new ArrayList<>();
        try (BufferedReader out = server.inputReader(StandardCharsets.UTF_8)) {
            int port = Integer.parseInt(out.readLine());
            // The first ones pay for what is loaded, and for what the loop then has for all.
            connect(clients, 300, port);
            long before = liveHeap(server, out);
            connect(clients, CONNECTIONS, port);
            long kept = (liveHeap(server, out) - before) / CONNECTIONS;
            System.out.println("an idle connection of " + transport().name() + " keeps " + kept + " bytes");
            assertThat(kept).as("bytes of an idle connection").isBetween(mostBytes() / 2, mostBytes());
        } finally {
            for (Socket client : clients) {
                client.close();
            }
            server.outputWriter().close();
            if (!server.waitFor(30, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        }
    }

    private static void connect(List<Socket> clients, int count, int port) throws Exception {
        for (int i = 0; i < count; i++) {
            Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
            clients.add(client);
            client.getOutputStream().write(i);
            assertThat(client.getInputStream().read()).isEqualTo(i & 0xff);
        }
    }

    private static long liveHeap(Process server, BufferedReader out) throws Exception {
        server.outputWriter(StandardCharsets.UTF_8).append("heap\n").flush();
        return Long.parseLong(out.readLine());
    }
}
