package dev.weir.protocols.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client of a router gets, also where its handlers fail. */
class RouterServerTest {
    private static final String REST = " HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String LAST = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    private static final byte[] PIECE = new byte[16 * 1024];
    private static final int PIECES = 64;

    // ---- Which route.

    @ParameterizedTest
    @ValueSource(strings = {"GET /rooms/%ff", "GET /rooms/%f", "GET /files/a/%c0%80/b"})
    void aPathThatCannotBeDecodedIsNowhere(String line) throws Exception {
        Router router = Router.builder()
                .on("GET /rooms/{id}", request -> HttpResponse.text(request.parameter("id")))
                .on("GET /files/{path...}", request -> HttpResponse.text(request.parameter("path")))
                .build();
        try (RoutedServer server = RoutedServer.start(router)) {
            // One whose escape is incomplete the codec refuses.
            assertThat(server.talk(line + LAST)).startsWith("HTTP/1.1 40").doesNotContain("HTTP/1.1 405");
        }
    }

    @Test
    void whatIsNoPathMatchesNoVariable() throws Exception {
        Router router = Router.builder()
                .on("GET /", request -> HttpResponse.text("root"))
                .on("OPTIONS /{any}", request -> HttpResponse.text("options"))
                .on("CONNECT /{any}", request -> HttpResponse.text("connect"))
                .build();
        try (RoutedServer server = RoutedServer.start(router)) {
            assertThat(server.talk("OPTIONS *" + LAST)).startsWith("HTTP/1.1 204 ");
            assertThat(server.talk("CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n"))
                    .startsWith("HTTP/1.1 404 ");
            assertThat(server.talk("GET http://x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    // ---- Handlers that block.

    @Test
    void anErrorOfABlockingHandlerEndsTheConnection() throws Exception {
        Router router = Router.builder()
                .blocking("GET /", request -> {
                    throw new AssertionError("thrown by a test");
                })
                .build();
        try (RoutedServer server = RoutedServer.start(router)) {
            assertThat(server.talk("GET /" + REST)).isEmpty();
        }
    }

    @Test
    void anInterruptThatIsTheHandlersOwnIsAFailureOfIt() throws Exception {
        Router router = Router.builder()
                .blocking("GET /", request -> {
                    throw new InterruptedException("thrown by a test");
                })
                .build();
        try (RoutedServer server = RoutedServer.start(router)) {
            assertThat(server.talk("GET /" + REST)).startsWith("HTTP/1.1 500 ");
        }
    }

    // ---- Exchanges.

    @Test
    void severalExchangesOfAConnectionWaitForASlowClientAtATime() throws Exception {
        // Begun together: behind one that waits for the client no further request is read.
        List<Exchange> asked = new ArrayList<>();
        Router router = Router.builder()
                .exchange("GET /", (request, exchange) -> {
                    asked.add(exchange);
                    if (asked.size() == 3) {
                        asked.forEach(each -> {
                            each.send(HttpResponse.of(200).stream((long) PIECES * PIECE.length));
                            go(each, PIECES);
                        });
                    }
                })
                .build();
        try (RoutedServer server = RoutedServer.start(router)) {
            String answers = server.talk("GET /" + REST + "GET /" + REST + "GET /" + LAST);

            assertThat(answers.length()).isGreaterThan(3 * PIECES * PIECE.length);
            assertThat(answers.split("HTTP/1.1 200 OK")).hasSize(4);
        }
    }

    private static void go(Exchange exchange, int left) {
        int more = left;
        while (more > 0 && exchange.isWritable()) {
            more--;
            exchange.send(HttpResponse.piece(Unpooled.wrappedBuffer(PIECE)));
        }
        int still = more;
        if (still == 0) {
            exchange.send(HttpResponse.end());
        } else {
            exchange.onWritable(() -> go(exchange, still));
        }
    }

    @Test
    void whoIsWritableAlreadyIsToldSoon() throws Exception {
        Router router = Router.builder()
                .exchange(
                        "GET /",
                        (request, exchange) -> exchange.onWritable(() -> exchange.send(HttpResponse.text("told"))))
                .build();
        try (RoutedServer server = RoutedServer.start(router)) {
            assertThat(server.talk("GET /" + LAST)).endsWith("told");
        }
    }

    @Test
    void onAnotherThreadNobodyWaitsForTheClient() throws Exception {
        AtomicReference<Exchange> kept = new AtomicReference<>();
        Router router = Router.builder()
                .exchange("GET /", (request, exchange) -> {
                    kept.set(exchange);
                    exchange.send(HttpResponse.text("kept"));
                })
                .build();
        try (RoutedServer server = RoutedServer.start(router)) {
            server.talk("GET /" + LAST);

            assertThatIllegalStateException().isThrownBy(() -> kept.get().onWritable(() -> {}));
        }
    }

    // ---- Handlers that fail.

    @Test
    void anAnswerThatHasBegunIsCutOffByAReset() throws Exception {
        Router router = Router.builder()
                .exchange("GET /", (request, exchange) -> {
                    exchange.send(HttpResponse.of(200).stream());
                    exchange.send(HttpResponse.piece(Unpooled.wrappedBuffer(PIECE)));
                    throw new IOException("thrown by a test");
                })
                .build();
        try (RoutedServer server = RoutedServer.start(router)) {
            // To this client the end of the connection is the end of the body.
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> server.talk("GET / HTTP/1.0\r\n\r\n"))
                    .withMessageContaining("reset");
        }
    }

    @Test
    void anAnswerThatCannotBeSaidIsAFailure() throws Exception {
        Router router = Router.builder()
                .exchange(
                        "GET /",
                        (request, exchange) -> exchange.send(HttpResponse.piece(Unpooled.wrappedBuffer(PIECE))))
                .build();
        try (RoutedServer server = RoutedServer.start(router)) {
            assertThat(server.talk("GET /" + REST)).startsWith("HTTP/1.1 500 ");
        }
    }

    @Test
    void aFailureAfterTheAnswerIsNoneOfTheClients() throws Exception {
        Router router = Router.builder()
                .exchange("GET /", (request, exchange) -> {
                    exchange.send(HttpResponse.text("whole"));
                    throw new IOException("thrown by a test");
                })
                .build();
        try (RoutedServer server = RoutedServer.start(router)) {
            assertThat(server.talk("GET /" + REST + "GET /" + LAST).split("whole", -1))
                    .hasSize(3);
        }
    }

    @Test
    void whatHearsABodyMayFailToo() throws Exception {
        Router router = Router.builder()
                .exchange(
                        "POST /",
                        (request, exchange) -> exchange.onBody(request, (bytes, isLast) -> {
                            throw new IllegalStateException("thrown by a test");
                        }))
                .build();
        try (RoutedServer server = RoutedServer.start(router)) {
            assertThat(server.talk("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabcde"))
                    .startsWith("HTTP/1.1 500 ");
        }
    }

    @Test
    void whoWaitsForTheClientMayFailToo() throws Exception {
        Router router = Router.builder()
                .exchange(
                        "GET /",
                        (request, exchange) -> exchange.onWritable(() -> {
                            throw new IllegalStateException("thrown by a test");
                        }))
                .build();
        try (RoutedServer server = RoutedServer.start(router)) {
            assertThat(server.talk("GET /" + REST)).startsWith("HTTP/1.1 500 ");
        }
    }
}
