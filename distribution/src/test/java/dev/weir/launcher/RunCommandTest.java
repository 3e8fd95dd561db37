package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weir run} as a process: its report, ready file, signals and exit codes. */
class RunCommandTest {
    private static final int SMALL = 4096;
    /** Below the high mark of the write queue, and far above what sockets with small buffers hold. */
    private static final int IN_FLIGHT = 512 * 1024;

    @TempDir
    private Path folder;

    private Path config;
    private Path ready;

    @BeforeEach
    void configure() throws IOException {
        config = Files.writeString(folder.resolve("weir.conf"), """
                weir.servers {
                  echo    { listen = "127.0.0.1:0", codec = raw, protocol = echo }
                  # Queues 1 MiB at once, of which the system takes little.
                  chargen { listen = "127.0.0.1:0", codec = raw, protocol = chargen, socket.send-buffer = 4KiB }
                }
                """);
        ready = folder.resolve("ready");
    }

    @Test
    void oneSignalWithNothingInFlightExitsWith0() throws Exception {
        try (WeirProcess weir = run()) {
            int port = port(weir, "echo");
            weir.awaitLog("serving");
            assertThat(ready).hasContent(weir.pid() + "\n");
            assertThat(answerOfEcho(port)).isEqualTo('x');

            weir.terminate();

            assertThat(weir.exitCode()).isZero();
            assertThat(ready).doesNotExist();
        }
    }

    @Test
    void aSignalWithRepliesInFlightDeliversThemAllAndExitsWith0() throws Exception {
        try (WeirProcess weir = run("-D", "weir.servers.echo.socket.send-buffer=4KiB");
                Socket slow = new Socket()) {
            slow.setReceiveBufferSize(SMALL);
            slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port(weir, "echo")));
            byte[] sent = new byte[IN_FLIGHT];
            new Random(1).nextBytes(sent);
            slow.getOutputStream().write(sent);
            assertThat(slow.getInputStream().read()).isEqualTo(Byte.toUnsignedInt(sent[0]));

            weir.terminate();
            weir.awaitLog("server.Drain: draining");

            byte[] rest = slow.getInputStream().readAllBytes();
            assertThat(rest).isEqualTo(Arrays.copyOfRange(sent, 1, sent.length));
            slow.shutdownOutput();
            assertThat(weir.exitCode()).isZero();
        }
    }

    @Test
    void aDrainThatMeetsItsDeadlineWithRepliesUnsentExitsWith3() throws Exception {
        try (WeirProcess weir = run("-D", "weir.process.drain.deadline=50ms");
                Socket neverReads = connectToChargen(weir)) {
            weir.terminate();

            assertThat(weir.exitCode()).isEqualTo(3);
            assertThat(neverReads.isConnected()).isTrue();
        }
    }

    @Test
    void aSecondSignalEndsADrainThatWouldTakeAnHour() throws Exception {
        try (WeirProcess weir = run("-D", "weir.process.drain.deadline=1h");
                Socket neverReads = connectToChargen(weir)) {
            weir.terminate();
            weir.awaitLog("server.Drain: draining");
            assertThat(ready).doesNotExist();
            weir.terminate();

            assertThat(weir.exitCode()).isEqualTo(3);
            assertThat(neverReads.isConnected()).isTrue();
        }
    }

    @Test
    void anAddressInUseExitsWith69AndSaysWhichServer() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                WeirProcess weir = run("-D", "weir.servers.echo.listen=127.0.0.1:" + taken.getLocalPort())) {

            assertThat(weir.awaitLog(":" + taken.getLocalPort())).contains("echo");
            assertThat(weir.exitCode()).isEqualTo(69);
            assertThat(ready).doesNotExist();
        }
    }

    @Test
    void aReadyFileThatCannotBeMadeExitsWith78() throws Exception {
        try (WeirProcess weir = WeirProcess.weir(
                "run",
                "-c",
                config.toString(),
                "--ready-file",
                folder.resolve("no/ready").toString())) {

            weir.awaitLog("there is no folder");
            assertThat(weir.exitCode()).isEqualTo(78);
        }
    }

    private WeirProcess run(String... more) throws IOException {
        String[] arguments = new String[5 + more.length];
        System.arraycopy(
                new String[] {"run", "-c", config.toString(), "--ready-file", ready.toString()}, 0, arguments, 0, 5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return WeirProcess.weir(arguments);
    }

    private static int port(WeirProcess weir, String server) throws IOException {
        weir.awaitReport("server " + server);
        String listen = weir.awaitReport("listen");
        return Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
    }

    /** Gets a flood of which it reads one byte. */
    private static Socket connectToChargen(WeirProcess weir) throws IOException {
        Socket client = new Socket();
        client.setReceiveBufferSize(SMALL);
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port(weir, "chargen")));
        client.getInputStream().read();
        return client;
    }

    private static int answerOfEcho(int port) throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.getOutputStream().write('x');
            return client.getInputStream().read();
        }
    }
}
