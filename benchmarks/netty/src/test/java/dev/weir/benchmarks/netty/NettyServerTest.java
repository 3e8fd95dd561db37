package dev.weir.benchmarks.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@EnabledOnOs(OS.LINUX)
class NettyServerTest {
    private static final String GET = "GET /plaintext HTTP/1.1\r\nHost: a\r\n\r\n";

    static Stream<Named<Function<Answers, NettyServer>>> transports() {
        return Stream.of(Named.of("epoll", NettyServer::epoll), Named.of("nio", NettyServer::nio));
    }

    @ParameterizedTest
    @MethodSource("transports")
    void bytesComeBack(Function<Answers, NettyServer> start) throws IOException {
        assertThat(said(start, Answers.ECHO, "abc\n")).isEqualTo("abc\n");
    }

    @ParameterizedTest
    @MethodSource("transports")
    void linesComeBackWithCrlf(Function<Answers, NettyServer> start) throws IOException {
        assertThat(said(start, Answers.LINE, "one\ntwo\r\n\nthree\n")).isEqualTo("one\r\ntwo\r\n\r\nthree\r\n");
    }

    @ParameterizedTest
    @MethodSource("transports")
    void framesComeBack(Function<Answers, NettyServer> start) throws IOException {
        String frames = "\0\0\0\3abc\0\0\0\0\0\0\0\1d";
        assertThat(said(start, Answers.LENGTH, frames)).isEqualTo(frames);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void requestsAreAnsweredInOrder(Function<Answers, NettyServer> start) throws IOException {
        String answer =
                "HTTP/1\\.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 13\r\ndate: .{29}\r\n\r\nHello, World!";
        String nothing = "HTTP/1\\.1 404 Not Found\r\ncontent-length: 0\r\ndate: .{29}\r\n(connection: close\r\n)?\r\n";
        assertThat(said(
                        start,
                        Answers.HTTP,
                        GET + GET + GET.replace("plain", "other") + GET.replace("Host", "Connection: close\r\nHost")))
                .matches(answer + answer + nothing + answer.replace("\r\n\r\n", "\r\nconnection: close\r\n\r\n"));
    }

    /** What a server has to say to some bytes and the end of them. */
    private static String said(Function<Answers, NettyServer> start, Answers answers, String bytes) throws IOException {
        try (NettyServer server = start.apply(answers);
                Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            client.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            client.shutdownOutput();
            return new String(client.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
