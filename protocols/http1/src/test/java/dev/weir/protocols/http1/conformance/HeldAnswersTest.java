package dev.weir.protocols.http1.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.codec.Codec.Next;
import dev.weir.codec.CodecFactory;
import dev.weir.protocol.Session;
import dev.weir.protocols.http1.Exchange;
import dev.weir.protocols.http1.Http1Plugin;
import dev.weir.protocols.http1.HttpProtocol;
import dev.weir.protocols.http1.HttpRequest;
import dev.weir.protocols.http1.HttpResponse;
import dev.weir.protocols.http1.Router;
import dev.weir.testkit.LeakCheck;
import dev.weir.testkit.PluginParts;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Answers that come before those to earlier requests, and what may not be done about an answer. */
@AddLifecycleHook(LeakCheck.class)
class HeldAnswersTest {
    private static final CodecFactory<HttpRequest, HttpResponse> CODEC =
            PluginParts.of(new Http1Plugin()).codec("http1", HttpRequest.class, HttpResponse.class);

    /** It is not answered before the test does. */
    private static final String SLOW = "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n";

    private static final int LARGE = 300 * 1024;

    private static HttpProtocol answering(HandlerOf handler) {
        return session -> request -> {
            if (!request.isHead() || !request.isPath("/slow")) {
                handler.handle(request, session);
            }
        };
    }

    @FunctionalInterface
    private interface HandlerOf {
        void handle(HttpRequest request, Session<HttpResponse> session);
    }

    private static CodecAlone connection(HandlerOf handler) {
        return new CodecAlone(CODEC, answering(handler));
    }

    private static void receive(CodecAlone connection, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        connection.receive(bytes, 0, bytes.length);
    }

    private static String sent(CodecAlone connection) {
        return new String(connection.sent(), StandardCharsets.ISO_8859_1).replaceAll("Date: [^\r]*\r\n", "");
    }

    private static String post(String body) {
        return "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static void echoWhole(HttpRequest request, Session<HttpResponse> session) {
        if (request.awaitBody(2 * LARGE, session)) {
            session.send(HttpResponse.of(200).body(request.content()).answering(request.number()));
        }
    }

    @Example
    void aLentBodyThatWaitsForItsTurnIsCopied() {
        try (CodecAlone one = connection(HeldAnswersTest::echoWhole)) {
            receive(one, SLOW + post("hello") + post("other"));
            one.send(HttpResponse.of(204).answering(1));
            assertThat(sent(one))
                    .isEqualTo("HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
                            + "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nother");
        }
    }

    @Example
    void aBodyThatCameInPiecesMayBeSentBackWithinItsCall() {
        try (CodecAlone one = connection(HeldAnswersTest::echoWhole)) {
            String large = "x".repeat(LARGE);
            String request = post(large);
            receive(one, request.substring(0, 1000));
            receive(one, request.substring(1000));
            receive(one, post("hello").substring(0, 52));
            receive(one, post("hello").substring(52));
            assertThat(sent(one)).endsWith("\r\n\r\nhello").contains(large);
        }
    }

    @Example
    void aStreamedBodyWhoseAnswerWaitsIsNotReadWithoutBound() {
        try (CodecAlone one = connection((request, session) -> {
            if (request.isHead()) {
                request.streamBody(session);
                session.send(HttpResponse.of(200).stream().answering(request.number()));
            } else {
                session.send(HttpResponse.piece(request.content().copy()).answering(request.number()));
            }
        })) {
            receive(one, SLOW + "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999\r\n\r\n");
            receive(one, "x".repeat(LARGE));
            assertThat(one.next()).isEqualTo(Next.WAIT);
            one.send(HttpResponse.of(204).answering(1));
            assertThat(one.next()).isEqualTo(Next.READ);
        }
    }

    @Example
    void aRequestIsNotToBeSeenAfterItsCall() {
        HttpRequest[] kept = new HttpRequest[1];
        try (CodecAlone one = connection((request, session) -> kept[0] = request)) {
            receive(one, "GET /x HTTP/1.1\r\nHost: a\r\nX: secret\r\n\r\n");
            assertThatThrownBy(() -> kept[0].header("X"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("copy");
            assertThat(kept[0].content().isReadable()).isFalse();
        }
    }

    @Example
    void aRequestThatOffersAChangeWaitsForThoseBeforeIt() {
        try (CodecAlone one = connection((request, session) -> {
            session.send(HttpResponse.upgrade("ws").answering(request.number()));
            session.switchTo(CODEC, answering((again, other) -> {}));
        })) {
            receive(one, SLOW + "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: ws\r\n\r\nNEXT");
            assertThat(one.isSwitched()).isFalse();
            one.send(HttpResponse.of(204).answering(1));
            assertThat(one.isSwitched()).isTrue();
            assertThat(sent(one))
                    .isEqualTo("HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 101 Switching Protocols\r\n"
                            + "Connection: upgrade\r\nUpgrade: ws\r\n\r\nNEXT");
        }
    }

    @Example
    void anOfferWithABodyIsNone() {
        String[] offered = new String[1];
        try (CodecAlone one = connection((request, session) -> {
            offered[0] = request.upgrade();
            assertThatThrownBy(() -> session.send(HttpResponse.upgrade("ws").answering(request.number())))
                    .isInstanceOf(IllegalArgumentException.class);
        })) {
            receive(
                    one,
                    "POST /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: ws\r\nContent-Length: 2\r\n\r\nab");
            assertThat(offered[0]).isEmpty();
        }
    }

    @Example
    void whatDoesNotFitIsRefusedBeforeItWaits() {
        try (CodecAlone one = connection((request, session) -> {})) {
            receive(one, SLOW + "GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThatThrownBy(
                            () -> one.send(HttpResponse.of(200).withoutBody(5).answering(2)))
                    .isInstanceOf(IllegalArgumentException.class);
            one.send(HttpResponse.of(200).stream(3).answering(2));
            assertThatThrownBy(() -> one.send(HttpResponse.piece(Unpooled.copiedBuffer(new byte[4]))
                            .answering(2)))
                    .isInstanceOf(IllegalArgumentException.class);
            one.send(HttpResponse.text("one").answering(1));
            assertThat(sent(one)).contains("one").contains("Content-Length: 3");
        }
    }

    @Example
    void behindAnAnswerThatEndsTheConnectionNothingIsTaken() {
        StringBuilder heard = new StringBuilder();
        try (CodecAlone one = connection((request, session) -> {
            heard.append(request.method());
            session.send(HttpResponse.text("bye").close().answering(request.number()));
        })) {
            receive(one, SLOW + "GET /x HTTP/1.1\r\nHost: a\r\n\r\nDELETE /y HTTP/1.1\r\nHost: a\r\n\r\n");
            one.send(HttpResponse.of(204).answering(1));
            assertThat(heard).hasToString("GET");
            assertThat(one.isClosed()).isTrue();
        }
    }

    @Example
    void whoEndsInsideARequestStillGetsTheAnswersBefore() {
        try (CodecAlone one = connection((request, session) -> {})) {
            receive(one, SLOW + "G");
            one.receiveEnd();
            assertThat(one.isClosed()).isFalse();
            one.send(HttpResponse.text("late").answering(1));
            one.resumeReading();
            assertThat(sent(one)).endsWith("late");
            assertThat(one.isClosed()).isTrue();
        }
    }

    @Example
    void aResponseIsSentOnce() {
        HttpResponse shared = HttpResponse.text("shared");
        try (CodecAlone one = connection((request, session) -> {})) {
            receive(one, SLOW + SLOW);
            one.send(shared.answering(1));
            assertThatThrownBy(() -> one.send(shared.answering(2)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("PreparedResponse");
        }
    }

    @Example
    void aBodyIsWholeOrStreamedAndHasALength() {
        assertThatThrownBy(() -> HttpResponse.text("x").stream()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> HttpResponse.of(200).stream().body(new byte[1]))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> HttpResponse.of(200).stream(-5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HttpResponse.of(200).withoutBody(-5)).isInstanceOf(IllegalArgumentException.class);
    }

    @Example
    void aBodyThatWasAnsweredBeforeItWasThereIsDropped() {
        try (CodecAlone one = connection((request, session) -> {
            if (request.isPath("/next")) {
                session.send(HttpResponse.text("next").answering(request.number()));
            } else {
                request.awaitBody(LARGE, session);
            }
        })) {
            receive(one, post("hello").substring(0, 51));
            one.send(HttpResponse.text(503, "early").answering(1));
            receive(one, post("hello").substring(51) + "GET /next HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(sent(one)).contains("early").endsWith("next");
        }
    }

    @Example
    void aStreamThatWaitsForItsTurnStopsAndGoesOn() {
        int pieces = 1000;
        int[] sent = new int[1];
        Router router = Router.builder()
                .exchange("GET /slow", (request, exchange) -> {})
                .exchange("GET /stream", (request, exchange) -> {
                    exchange.send(HttpResponse.of(200).stream());
                    pump(exchange, sent, pieces);
                })
                .build();
        try (CodecAlone one = new CodecAlone(CODEC, router)) {
            receive(one, SLOW + "GET /stream HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(sent[0]).isLessThan(pieces);
            one.send(HttpResponse.of(204).answering(1));
            one.written();
            one.turn();
            assertThat(sent[0]).isEqualTo(pieces);
            assertThat(sent(one)).endsWith("0\r\n\r\n");
        }
    }

    private static void pump(Exchange exchange, int[] sent, int pieces) {
        while (sent[0] < pieces) {
            if (!exchange.isWritable()) {
                exchange.onWritable(() -> pump(exchange, sent, pieces));
                return;
            }
            sent[0]++;
            exchange.send(HttpResponse.piece(Unpooled.copiedBuffer(new byte[1024])));
        }
        exchange.send(HttpResponse.end());
    }
}
