package dev.weir.protocols.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocols.http1.AnswerReader.Answer;
import dev.weir.server.Weir;
import dev.weir.transport.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many requests sent ahead on many connections, whose answers are ready in another order. */
@Tag("kernel")
class PipelinedLoadTest {
    private static final int CONNECTIONS = 8;
    private static final int REQUESTS = 1000;

    /** What a client sends, and the bodies that it must get. */
    private static final class Script {
        private final Random random;
        private final StringBuilder requests = new StringBuilder();
        private final List<String> methods = new ArrayList<>();
        private final List<String> bodies = new ArrayList<>();

        Script(long seed) {
            random = new Random(seed);
            for (int i = 1; i < REQUESTS; i++) {
                add();
            }
            ask("GET", "/plaintext", "Connection: close\r\n\r\n", "Hello, World!");
        }

        private void add() {
            int count = random.nextInt(64);
            switch (random.nextInt(7)) {
                case 0 -> ask("GET", "/delay/" + count % 4, "\r\n", "after " + count % 4 + " ms\n");
                case 1 -> ask("GET", "/plaintext", "\r\n", "Hello, World!");
                case 2 -> ask("HEAD", "/plaintext", "\r\n", "");
                case 3 -> ask("GET", "/bytes/" + 300 * count, "\r\n", "x".repeat(300 * count));
                case 4 -> ask("GET", "/stream/" + count, "\r\n", lines(count));
                case 5 ->
                    ask(
                            "POST",
                            "/echo",
                            "Content-Length: " + lines(count).length() + "\r\n\r\n" + lines(count),
                            lines(count));
                default ->
                    ask("POST", "/echo", "Transfer-Encoding: chunked\r\n\r\n" + chunks(count), "chunk".repeat(count));
            }
        }

        private static String lines(int count) {
            StringBuilder lines = new StringBuilder();
            IntStream.rangeClosed(1, count).forEach(i -> lines.append("line " + i + "\n"));
            return lines.toString();
        }

        private static String chunks(int count) {
            return "5\r\nchunk\r\n".repeat(count) + "0\r\n\r\n";
        }

        private void ask(String method, String path, String rest, String body) {
            requests.append(method + " " + path + " HTTP/1.1\r\nHost: a\r\n" + rest);
            methods.add(method);
            bodies.add(body);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "{ use = epoll, trigger = edge }", "{ use = epoll, trigger = level }"})
    void everyAnswerIsThatOfItsRequestToTheByte(String transport) throws Exception {
        Weir weir = Weir.builder().config("""
                        weir.transport = %s
                        weir.event-loops = 2
                        weir.servers.web { listen = "127.0.0.1:0", codec = http1, protocol = http-demo }
                        """.formatted(transport)).build();
        weir.start();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            int port = ((Endpoint.Inet) weir.server("web").addresses().getFirst())
                    .address()
                    .getPort();
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                Script script = new Script(i);
                clients.add(threads.submit(() -> {
                    ask(script, port, threads);
                    return null;
                }));
            }
            for (Future<?> client : clients) {
                client.get();
            }
        } finally {
            weir.close();
        }
    }

    private static void ask(Script script, int port, ExecutorService threads) throws Exception {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            Future<?> sending = threads.submit(() -> {
                send(socket, script.requests.toString());
                return null;
            });
            byte[] heard = socket.getInputStream().readAllBytes();
            sending.get();
            List<Answer> answers = AnswerReader.read(heard, script.methods);
            assertThat(answers).allMatch(answer -> answer.status() == 200 && answer.isWhole());
            assertThat(answers.stream().map(Answer::body).toList()).isEqualTo(script.bodies);
        }
    }

    private static void send(Socket socket, String requests) throws IOException {
        socket.getOutputStream().write(requests.getBytes(StandardCharsets.ISO_8859_1));
    }
}
