package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The descriptors of a process of its own: its limit, and what the log says when there are none left. */
@Tag("kernel")
class DescriptorsTest {
    private static final int FREE = 4;
    private static final int STORM = 30;

    @TempDir
    private Path folder;

    private final List<Socket> clients = new ArrayList<>();

    @BeforeEach
    void limits() throws Exception {
        Shell.needs("prlimit");
    }

    @AfterEach
    void closeClients() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            on  | (512 descriptors, raised from 256,
            off | (256 descriptors,
            """)
    void theSoftLimitIsRaisedToTheHardOneUnlessItIsToStay(String raiseLimit, String reported) throws Exception {
        try (WeirProcess weir = WeirProcess.weirWith(
                List.of("prlimit", "--nofile=256:512", "env", "JDK_JAVA_OPTIONS=-XX:-MaxFDLimit"),
                "check",
                "-c",
                configuration("weir.process.descriptors { reserve = 8, raise-limit = " + raiseLimit + " }")
                        .toString())) {
            assertThat(weir.awaitReport("connections ")).contains(reported);
            assertThat(weir.exitCode()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"nio", "epoll"})
    void aStormIsToldOnceWhenItBeginsAndOnceWhenItIsOver(String transport) throws Exception {
        try (WeirProcess weir = run("weir.transport = " + transport)) {
            int port = port(weir);
            weir.awaitLog("serving");
            leaveFew(weir);
            for (int i = 0; i < STORM; i++) {
                connect(port);
            }
            assertThat(weir.awaitLog("no descriptor for the next connection")).contains("EMFILE", "shed");
            // With no descriptor left, and the clients still there.
            weir.terminate();
            closeClients();
            assertThat(weir.restOfLog())
                    .containsOnlyOnce("descriptors suffice again")
                    .containsPattern("[1-9][0-9]* clients sent away")
                    .doesNotContain("no descriptor for the next connection");
        }
    }

    @Test
    void exitTellsTheDescriptorsByKindAndTheThreads() throws Exception {
        try (WeirProcess weir = run("weir.process.descriptors.on-exhausted = exit")) {
            int port = port(weir);
            weir.awaitLog("serving");
            leaveFew(weir);
            for (int i = 0; i <= FREE; i++) {
                connect(port);
            }
            weir.awaitLog("descriptors are exhausted");
            assertThat(weir.awaitLog("descriptors: ")).contains(" socket", " eventpoll", " file");
            assertThat(weir.awaitLog("thread weir-loop-0")).contains("RUNNABLE");
            assertThat(weir.exitCode()).isEqualTo(75);
        }
    }

    private WeirProcess run(String settings) throws IOException {
        return WeirProcess.weir("run", "-c", configuration(settings).toString());
    }

    private Path configuration(String settings) throws IOException {
        return Files.writeString(folder.resolve("weir.conf"), """
                weir.event-loops = 1
                weir.servers.echo { listen = "127.0.0.1:0", codec = raw, protocol = echo }
                """ + settings);
    }

    private static int port(WeirProcess weir) throws IOException {
        String listen = weir.awaitReport("  listen ");
        return Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1).strip());
    }

    /** Below what Weir counted on at its start: so the kernel says no before Weir does. */
    private void leaveFew(WeirProcess weir) throws Exception {
        Shell.run("prlimit --pid " + weir.pid() + " --nofile=" + (openDescriptors(weir) + FREE) + ":");
    }

    private static long openDescriptors(WeirProcess weir) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc", String.valueOf(weir.pid()), "fd"))) {
            return open.count();
        }
    }

    private void connect(int port) throws IOException {
        clients.add(new Socket(InetAddress.getLoopbackAddress(), port));
    }
}
