package dev.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The load against a server of blocking sockets in this JVM. */
@EnabledOnOs(OS.LINUX)
class LoadTest {
    private static final Duration SHORT = Duration.ofMillis(20);

    private ServerSocket listener;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void end() throws IOException {
        listener.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo-64", "echo-16k", "frames", "connect"})
    void measuresAServerThatAnswersRightly(String workload) throws IOException {
        serve(bytes -> bytes);

        Measurement measurement = load(workload);

        assertThat(measurement.requests()).isPositive();
        assertThat(measurement.nanos()).isGreaterThanOrEqualTo(SHORT.toNanos());
        assertThat(measurement.p99Nanos())
                .isGreaterThanOrEqualTo(measurement.p50Nanos())
                .isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo-64", "echo-16k", "frames", "connect"})
    void refusesAServerThatChangesAByte(String workload) {
        serve(bytes -> {
            bytes[bytes.length / 2] ^= 1;
            return bytes;
        });

        assertThatExceptionOfType(WrongReply.class).isThrownBy(() -> load(workload));
    }

    @Test
    void refusesAServerThatEndsLinesAsTheyCame() {
        serve(bytes -> bytes);

        assertThatExceptionOfType(WrongReply.class)
                .isThrownBy(() -> load("lines"))
                .withMessageContaining("byte 32 of the answer is 0x0a and must be 0x0d");
    }

    @Test
    void anHttpServersDateMayChangeAndNothingElse() throws IOException {
        AtomicInteger answers = new AtomicInteger();
        serve(bytes -> httpAnswer(answers.incrementAndGet(), "OK"));
        assertThat(load("http").requests()).isPositive();
        assertThat(answers.get()).isGreaterThan(1);
    }

    @Test
    void refusesAnHttpServerThatChangesAnotherByte() {
        AtomicInteger answers = new AtomicInteger();
        serve(bytes -> httpAnswer(1, answers.incrementAndGet() == 1 ? "OK" : "KO"));
        assertThatExceptionOfType(WrongReply.class)
                .isThrownBy(() -> load("http"))
                .withMessageContaining("byte 13 of the answer is 0x4b and must be 0x4f");
    }

    private static byte[] httpAnswer(int date, String reason) {
        return "HTTP/1.1 200 %s\r\nDate: %012d\r\nContent-Length: 13\r\n\r\nHello, World!"
                .formatted(reason, date)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private Measurement load(String workload) throws IOException {
        return Load.run(
                Workload.named(workload),
                (InetSocketAddress) listener.getLocalSocketAddress(),
                new ProcessCpu(ProcessHandle.current().pid()),
                SHORT);
    }

    /** Answers whatever comes in with what the function makes of it. */
    private void serve(UnaryOperator<byte[]> answer) {
        Thread.ofVirtual().start(() -> {
            while (!listener.isClosed()) {
                try {
                    Socket socket = listener.accept();
                    Thread.ofVirtual().start(() -> talk(socket, answer));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private static void talk(Socket socket, UnaryOperator<byte[]> answer) {
        try (socket) {
            byte[] buffer = new byte[64 * 1024];
            for (int count = socket.getInputStream().read(buffer);
                    count >= 0;
                    count = socket.getInputStream().read(buffer)) {
                socket.getOutputStream().write(answer.apply(Arrays.copyOf(buffer, count)));
            }
        } catch (IOException ended) {
            return;
        }
    }
}
