package dev.weir.protocols.http1;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.weir.plugin.Plugin;
import dev.weir.plugin.PluginCatalog;
import dev.weir.plugin.PluginModule;
import dev.weir.protocols.http1.accesslog.AccessLog;
import dev.weir.protocols.http1.accesslog.LoggedLines;
import dev.weir.server.Weir;
import dev.weir.testkit.Waiting;
import dev.weir.transport.Endpoint;
import dev.weir.transport.nio.NioTransport;
import dev.weir.wiring.KernelPlugin;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the access log tells of a server's requests. */
class AccessLogServerTest {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final List<Exchange> held = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private Weir weir;

    @AfterEach
    void stop() {
        weir.close();
    }

    @Test
    void eachAnsweredRequestHasALineInTheOrderOfTheAnswers() throws Exception {
        start("json", "");
        talk("GET /hello HTTP/1.1\r\nHost: x\r\nReferer: http://r/\r\nUser-Agent: test \"1\"\r\n\r\n"
                + "HEAD /hello?a=b HTTP/1.1\r\nHost: x\r\n\r\n"
                + "POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabcde"
                + "GET /parts HTTP/1.1\r\nHost: x\r\n\r\n"
                + "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n"
                + "GET /hello HTTP/1.0\r\n\r\n");
        weir.close();

        assertThat(read(lines)
                        .map(line -> line.getInt("request") + " " + line.getString("method") + " "
                                + line.getString("target") + " " + line.getString("protocol") + " "
                                + line.getInt("status")
                                + " " + line.getInt("bytes")))
                .containsExactly(
                        "1 GET /hello HTTP/1.1 200 5",
                        "2 HEAD /hello?a=b HTTP/1.1 200 0",
                        "3 POST /length HTTP/1.1 200 1",
                        "4 GET /parts HTTP/1.1 200 6",
                        "5 GET /nowhere HTTP/1.1 404 40",
                        "6 GET /hello HTTP/1.0 200 5");
        Config first = read(lines).findFirst().orElseThrow();
        assertThat(first.getString("referer")).isEqualTo("http://r/");
        assertThat(first.getString("user_agent")).isEqualTo("test \"1\"");
        assertThat(first.getString("server")).isEqualTo("web");
        assertThat(first.getString("remote")).startsWith("127.0.0.1:");
        assertThat(first.getLong("duration_us")).isNotNegative();
    }

    @Test
    void whatIsRefusedHasALineToo() throws Exception {
        start("combined", "");
        talk("no http\r\n\r\n");
        talk("GET /" + "x".repeat(9000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
        talk("GET / HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");
        talk("POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n");
        weir.close();

        assertThat(lines.stream().map(AccessLogServerTest::withoutTime))
                .containsExactly(
                        "127.0.0.1 - - [] \"-\" 400 " + bodyOf(0),
                        "127.0.0.1 - - [] \"-\" 414 " + bodyOf(1),
                        "127.0.0.1 - - [] \"-\" 431 " + bodyOf(2),
                        "127.0.0.1 - - [] \"POST /length HTTP/1.1\" 413 " + bodyOf(3));
    }

    @Test
    void whoIsRefusedForWantOfRoomHasALine() throws Exception {
        start("combined", "lifecycle.admission.max-connections = 1");
        try (Socket first = connect()) {
            first.getOutputStream().write("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Waiting.forOthers().until("the first is served", () -> lines.size() == 1);
            talk("");
        }
        weir.close();

        assertThat(lines.stream().skip(1)).singleElement().asString().contains("] \"-\" 503 ");
    }

    @Test
    void anAnswerThatWasGivenInPartIsToldWithWhatWasSentOfIt() throws Exception {
        start("json", "");
        try (Socket socket = connect()) {
            socket.getOutputStream().write("GET /held HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }
        weir.close();

        assertThat(read(lines)
                        .map(line ->
                                line.getString("target") + " " + line.getInt("status") + " " + line.getInt("bytes")))
                .containsExactly("/held 200 4");
    }

    @Test
    void nothingIsToldWhenItIsOff() throws Exception {
        start("off", "");
        talk("GET /hello HTTP/1.0\r\n\r\nno http\r\n\r\n");
        weir.close();

        assertThat(lines).isEmpty();
    }

    private void start(String format, String more) throws Exception {
        AccessLog log = LoggedLines.to(lines::add);
        weir = Weir.builder()
                .plugins(PluginCatalog.of(new KernelPlugin(), new Logged(log, router())))
                .transport(new NioTransport())
                .config("""
                        weir.event-loops = 1
                        weir.servers.web {
                          listen = "127.0.0.1:0"
                          codec = {
                            use = logged, max-request-line = 8KiB, max-head = 16KiB, max-fields = 100, max-pipelined = 16,
                            max-requests = off, access-log { format = %s, queue = 100 }
                          }
                          protocol = routed
                          %s
                        }
                        """.formatted(format, more))
                .build();
        weir.start();
    }

    private Router router() {
        return Router.builder()
                .on("GET /hello", request -> HttpResponse.text("hello"))
                .on(
                        "POST /length",
                        request -> HttpResponse.text(
                                Integer.toString(request.content().readableBytes())))
                .exchange("GET /parts", (request, exchange) -> {
                    exchange.send(HttpResponse.of(200).stream());
                    exchange.send(piece("one"));
                    exchange.send(piece("two"));
                    exchange.send(HttpResponse.end());
                })
                .exchange("GET /held", (request, exchange) -> {
                    exchange.send(HttpResponse.of(200).stream());
                    exchange.send(piece("part"));
                    held.add(exchange);
                })
                .build();
    }

    private static HttpResponse piece(String text) {
        return HttpResponse.piece(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    private Socket connect() throws IOException {
        int port = ((Endpoint.Inet) weir.server("web").addresses().getFirst())
                .address()
                .getPort();
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    /** Sends this, ends its half and reads to the end. */
    private void talk(String requests) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            answers.add(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
        }
    }

    /** The length of the body of an answer, as the log tells it, with the fields that no such client sends. */
    private String bodyOf(int answer) {
        String text = answers.get(answer);
        return text.length() - text.indexOf("\r\n\r\n") - 4 + " \"-\" \"-\"";
    }

    private static String withoutTime(String line) {
        return line.replaceFirst("\\[[^]]*]", "[]");
    }

    private static Stream<Config> read(Queue<String> lines) {
        return lines.stream().map(ConfigFactory::parseString);
    }

    /** The codec with a log of the test's, and a protocol on it. */
    private record Logged(AccessLog log, Router router) implements Plugin {
        @Override
        public String name() {
            return "logged";
        }

        @Override
        public PluginModule module() {
            return new PluginModule() {
                @Override
                protected void offers() {
                    bind(AccessLog.class).toInstance(log);
                    codec("logged", HttpCodecs.class);
                    protocol("routed", settings -> router);
                }
            };
        }
    }
}
