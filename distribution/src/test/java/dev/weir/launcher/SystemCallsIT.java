package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What serving costs in system calls, counted by strace(1) from outside: with the epoll transport there is no call to spare, and no file is copied. */
class SystemCallsIT {
    private static final Path DISTRIBUTION = Path.of("target/weir");
    private static final int CONNECTIONS = 8;
    private static final int REQUESTS = 10_000;
    private static final int FILES = 100;
    private static final int FILE_BYTES = 512 * 1024;

    @TempDir
    private Path folder;

    @Test
    void anEchoCostsOneReceiveOneSendAndItsShareOfAWait() throws Exception {
        Shell.needs("strace");
        Path configuration = Files.writeString(folder.resolve("weir.conf"), """
                weir.transport = epoll
                weir.event-loops = 1
                # Its look at the clock is no part of an answer.
                weir.process.blocked-loop-warning = off
                weir.servers.echo { codec = raw, protocol = echo }
                """);
        Map<String, Long> calls;
        try (RunningWeir weir =
                RunningWeir.start(DISTRIBUTION, configuration, List.of("echo"), folder.resolve("log"))) {
            List<Socket> clients = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                clients.add(new Socket(InetAddress.getLoopbackAddress(), weir.port("echo")));
                echo(clients.get(i));
            }
            Process strace = attach(weir.pid());
            for (int i = 0; i < REQUESTS; i++) {
                echo(clients.get(i % CONNECTIONS));
            }
            calls = end(strace);
            for (Socket client : clients) {
                client.close();
            }
            assertThat(weir.stop()).isZero();
        }

        assertThat(calls.get("recvfrom")).as("receives of %s", calls).isEqualTo(REQUESTS);
        assertThat(calls.get("sendto")).as("sends of %s", calls).isEqualTo(REQUESTS);
        assertThat(calls.getOrDefault("epoll_pwait2", 0L) + calls.getOrDefault("epoll_wait", 0L))
                .as("waits of %s", calls)
                .isBetween(1L, REQUESTS + 100L);
        assertThat(calls).as("calls that nobody needs").doesNotContainKeys("epoll_ctl", "write", "fcntl", "sendmsg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void aFileGoesOutBySendfile(String transport) throws Exception {
        Shell.needs("strace");
        byte[] content = new byte[FILE_BYTES];
        Arrays.fill(content, (byte) 'x');
        Path site = Files.createDirectory(folder.resolve("site"));
        Files.write(site.resolve("file"), content);
        Path configuration = Files.writeString(folder.resolve("weir.conf"), """
                weir.transport = %s
                weir.event-loops = 1
                weir.servers.web { codec = http1, protocol { use = http-files, root = "%s" } }
                """.formatted(transport, site));
        Map<String, Long> calls;
        try (RunningWeir weir = RunningWeir.start(DISTRIBUTION, configuration, List.of("web"), folder.resolve("log"))) {
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), weir.port("web"))) {
                assertThat(Arrays.equals(file(client), content)).isTrue();
                Process strace = attach(weir.pid());
                for (int i = 0; i < FILES; i++) {
                    file(client);
                }
                calls = end(strace);
            }
            assertThat(weir.stop()).isZero();
        }

        assertThat(calls.getOrDefault("sendfile", 0L))
                .as("sendfiles of %s", calls)
                .isGreaterThanOrEqualTo(FILES);
        // Nothing of a file is read; the rest is the JVM's.
        assertThat(calls.getOrDefault("pread64", 0L)).as("reads of %s", calls).isLessThan(FILES);
    }

    private static byte[] file(Socket client) throws IOException {
        client.getOutputStream().write("GET /file HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        InputStream in = client.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            assertThat(c).as("the end came inside the head %s", head).isNotNegative();
            head.append((char) c);
        }
        assertThat(head).startsWith("HTTP/1.1 200 ").contains("Content-Length: " + FILE_BYTES);
        return in.readNBytes(FILE_BYTES);
    }

    private static void echo(Socket client) throws IOException {
        client.getOutputStream().write('x');
        assertThat(client.getInputStream().read()).isEqualTo('x');
    }

    /** From when this returns every call of every thread is counted. */
    private Process attach(long pid) throws IOException {
        Process strace = new ProcessBuilder(
                        "strace", "-f", "-c", "-U", "calls,name", "-o", calls().toString(), "-p", String.valueOf(pid))
                .redirectErrorStream(true)
                .start();
        BufferedReader said = strace.inputReader(StandardCharsets.UTF_8);
        String line = said.readLine();
        // Where tracing is forbidden (ptrace(2)), there is nothing to count with.
        assumeTrue(line != null && line.contains("attached"), () -> "skipped: strace cannot attach: " + line);
        return strace;
    }

    private Map<String, Long> end(Process strace) throws IOException, InterruptedException {
        strace.destroy();
        assertThat(strace.waitFor(60, TimeUnit.SECONDS)).as("strace has ended").isTrue();
        Map<String, Long> calls = new HashMap<>();
        for (String line : Files.readAllLines(calls())) {
            String[] columns = line.strip().split("\\s+", -1);
            if (columns.length == 2 && columns[0].matches("\\d+")) {
                calls.put(columns[1], Long.valueOf(columns[0]));
            }
        }
        return calls;
    }

    private Path calls() {
        return folder.resolve("calls");
    }
}
