package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.TcpStates;
import dev.weir.testkit.TcpStates.State;
import dev.weir.testkit.Waiting;
import dev.weir.transport.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Slow headers, slow bodies and slow readers of slowhttptest(1): each ends at its deadline, and others are served all the while. */
@Tag("kernel")
class SlowHttpIT {
    private static final Path DISTRIBUTION = Path.of("target/weir");
    private static final int ATTACKERS = 40;
    private static final long MOST_SECONDS = 60;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"-H, GET, /", "-B, POST, /echo", "-X, GET, /bytes/6000000"})
    void slowClientsEndAtTheirDeadlineWhileOthersAreServed(String mode, String method, String path) throws Exception {
        Shell.needs("slowhttptest");
        Path configuration = Files.writeString(folder.resolve("weir.conf"), """
                weir.event-loops = 1
                weir.servers.web {
                  codec = http1, protocol = http-demo
                  lifecycle.deadlines { frame = 3s, min-rate = 10KiB, min-rate-grace = 3s }
                }
                """);
        try (RunningWeir weir = RunningWeir.start(DISTRIBUTION, configuration, List.of("web"), folder.resolve("log"))) {
            int port = weir.port("web");
            Endpoint server = new Endpoint.Inet(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            String url = "http://127.0.0.1:" + port;
            // Every second each sends a few bytes of a head or body, or reads a few of the answer.
            Process attack = new ProcessBuilder(
                            "slowhttptest",
                            mode,
                            "-t",
                            method,
                            "-u",
                            url + path,
                            "-c",
                            "" + ATTACKERS,
                            "-r",
                            "" + ATTACKERS,
                            "-i",
                            "1",
                            "-x",
                            "8",
                            "-s",
                            "8192",
                            "-w",
                            "10",
                            "-y",
                            "20",
                            "-n",
                            "1",
                            "-z",
                            "32",
                            "-p",
                            "3",
                            "-l",
                            "" + MOST_SECONDS)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("attack").toFile())
                    .start();
            try {
                Waiting.forOthers()
                        .until("all are connected", () -> TcpStates.ofLocal(server, State.ESTABLISHED) >= ATTACKERS);
                assertThat(Shell.run("curl -sS -m 20 " + url + "/plaintext")).isEqualTo("Hello, World!");
                Waiting.forOthers().until("none is any more", () -> TcpStates.ofLocal(server, State.ESTABLISHED) == 0);
                assertThat(Shell.run("curl -sS -m 20 " + url + "/plaintext")).isEqualTo("Hello, World!");
            } finally {
                attack.destroy();
                attack.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
            }
            assertThat(weir.stop()).isZero();
        }
    }
}
