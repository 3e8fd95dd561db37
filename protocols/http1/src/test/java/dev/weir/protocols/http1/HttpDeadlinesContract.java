package dev.weir.protocols.http1;

import static dev.weir.protocols.http1.HttpServer.answer;
import static dev.weir.protocols.http1.HttpServer.hearsNothing;
import static dev.weir.protocols.http1.HttpServer.rest;
import static dev.weir.protocols.http1.HttpServer.say;
import static dev.weir.protocols.http1.HttpServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fault.CloseReason.Cause;
import dev.weir.testkit.Peer;
import dev.weir.testkit.TransportSubject;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients that are slow, silent, too many or too large, and what ends them; in time that the test moves. */
abstract class HttpDeadlinesContract {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String POST = "POST /%s HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n";
    private static final String POST_CHUNKED = "POST /%s HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** What is still to be answered, by whoever calls it. */
    private final List<Exchange> pending = new ArrayList<>();

    abstract TransportSubject subject();

    private HttpServer start(String... settings) throws Exception {
        Router routes = Router.builder()
                .on("GET /", request -> HttpResponse.text("here"))
                .on(
                        "POST /whole",
                        request -> HttpResponse.text(request.content().readableBytes() + " bytes"))
                .exchange("POST /pieces", HttpDeadlinesContract::echo)
                .exchange("GET /later", (request, exchange) -> pending.add(exchange))
                .maxBody(10)
                .on("POST /ten", request -> HttpResponse.text("ten"))
                .build();
        return new HttpServer(subject(), routes, settings);
    }

    private static void echo(HttpRequest request, Exchange exchange) {
        exchange.onBody(request, (bytes, isLast) -> {
            exchange.send(HttpResponse.piece(Unpooled.copiedBuffer(bytes)));
            if (isLast) {
                exchange.send(HttpResponse.end());
            }
        });
        exchange.send(HttpResponse.of(200).stream());
    }

    @Test
    void aHeadThatTakesTooLongEndsWith408() throws Exception {
        try (HttpServer server = start()) {
            Peer slow = server.connectOpen();
            say(slow, "GET / HTTP/1.1\r\nHost: ");
            server.until("it is received", () -> server.bytesReceived() > 0);
            server.pass(Duration.ofSeconds(29));
            hearsNothing(slow);
            server.pass(Duration.ofSeconds(2));
            assertThat(rest(slow))
                    .startsWith("HTTP/1.1 408 Request Timeout\r\n")
                    .contains("Connection: close\r\n", "head took too long");
        }
    }

    @Test
    void aHeadInTheMiddleOfManyEndsWith408BehindTheirAnswers() throws Exception {
        try (HttpServer server = start()) {
            Peer slow = server.connectOpen();
            say(slow, GET + GET + "GET /");
            assertThat(answer(slow)).startsWith("HTTP/1.1 200 ");
            assertThat(answer(slow)).startsWith("HTTP/1.1 200 ");
            server.pass(Duration.ofSeconds(31));
            assertThat(rest(slow)).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void aBodyThatTakesTooLongEndsWith408() throws Exception {
        try (HttpServer server = start()) {
            Peer known = server.connectOpen();
            Peer chunked = server.connectOpen();
            say(known, POST.formatted("whole", 1000) + "abc");
            say(chunked, POST_CHUNKED.formatted("whole") + "3\r\nabc\r\n");
            for (int i = 0; i < 29; i++) {
                say(known, "d");
                say(chunked, "1\r\nd\r\n");
                server.pass(SECOND);
                hearsNothing(known);
                hearsNothing(chunked);
            }
            server.pass(Duration.ofSeconds(2));
            assertThat(rest(known)).startsWith("HTTP/1.1 408 ").contains("body took too long");
            assertThat(rest(chunked)).startsWith("HTTP/1.1 408 ").contains("body took too long");
        }
    }

    @Test
    void aLargeBodyHasTimeForEachPartOfIt() throws Exception {
        try (HttpServer server = start()) {
            Peer slow = server.connectOpen();
            String part = "x".repeat(16 * 1024);
            int parts = 10;
            say(slow, POST.formatted("whole", parts * part.length()));
            for (int i = 0; i < parts; i++) {
                server.pass(Duration.ofSeconds(29));
                hearsNothing(slow);
                long before = server.bytesReceived();
                say(slow, part);
                server.until("the part is received", () -> server.bytesReceived() == before + part.length());
            }
            assertThat(answer(slow)).endsWith(parts * part.length() + " bytes");
        }
    }

    /** Another answer would stand in the middle of the first. */
    @Test
    void aSlowBodyWhoseAnswerHasBegunEndsWithoutAWord() throws Exception {
        try (HttpServer server = start()) {
            Peer slow = server.connectOpen();
            say(slow, POST.formatted("pieces", 10) + "abc");
            server.until("the answer begins", () -> server.bytesSent() > 0);
            server.pass(Duration.ofSeconds(31));
            assertThat(text(slow.readToEnd()))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("\r\n\r\n3\r\nabc\r\n")
                    .doesNotContain("408");
            assertThat(slow.input()).as("so that nobody takes it for all").isEqualTo(Peer.Input.RESET);
        }
    }

    @Test
    void whoIsSilentBetweenTwoRequestsEndsWithoutAWord() throws Exception {
        try (HttpServer server = start("lifecycle.heartbeat = { use = idle, timeout = 10s }")) {
            Peer idle = server.connectOpen();
            say(idle, GET);
            assertThat(answer(idle)).endsWith("here");
            server.pass(Duration.ofSeconds(9));
            hearsNothing(idle);
            server.pass(Duration.ofSeconds(2));
            assertThat(rest(idle)).isEmpty();
            idle.close();
            server.until("it has ended as idle", () -> server.server().metrics().closed(Cause.IDLE) == 1);
        }
    }

    @Test
    void whoNeverAsksEndsWithoutAWord() throws Exception {
        try (HttpServer server = start()) {
            Peer mute = server.connectOpen();
            server.pass(Duration.ofSeconds(31));
            assertThat(mute.readToEnd()).isEmpty();
        }
    }

    @Test
    void slowClientsEndAtTheirDeadlineWhileOthersAreServed() throws Exception {
        try (HttpServer server = start()) {
            Peer good = server.connectOpen();
            List<Peer> slow = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Peer head = server.connectOpen();
                say(head, "GET / HTTP/1.1\r\nHost: a\r\n");
                Peer body = server.connectOpen();
                say(body, POST.formatted("whole", 100_000));
                slow.addAll(List.of(head, body));
            }
            for (int second = 0; second < 30; second++) {
                for (Peer peer : slow) {
                    say(peer, "X: " + second + "\r\n");
                }
                say(good, GET);
                assertThat(answer(good)).endsWith("here");
                assertThat(server.weir().openConnections()).isEqualTo(41);
                server.pass(SECOND);
            }
            server.pass(SECOND);
            for (Peer peer : slow) {
                assertThat(rest(peer)).startsWith("HTTP/1.1 408 ");
            }
            say(good, GET);
            assertThat(answer(good)).endsWith("here");
            server.until(
                    "they have ended for their deadlines",
                    () -> server.server().metrics().closed(Cause.DEADLINE) == slow.size());
        }
    }

    @Test
    void whoIsRefusedIsToldSo() throws Exception {
        try (HttpServer server = start("lifecycle.admission { use = limits, max-per-address = 1 }")) {
            Peer first = server.connectOpen();
            Peer refused = server.connect();
            assertThat(rest(refused))
                    .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
                    .contains("Connection: close\r\n");
            say(first, GET);
            assertThat(answer(first)).endsWith("here");
        }
    }

    @Test
    void aBodyThatIsTooLargeEndsWith413() throws Exception {
        try (HttpServer server = start()) {
            Peer known = server.connectOpen();
            say(known, POST.formatted("ten", 11) + "01234567890");
            assertThat(rest(known)).startsWith("HTTP/1.1 413 ").contains("Connection: close\r\n");
            Peer announced = server.connectOpen();
            say(announced, POST.formatted("ten", 1_000_000_000));
            assertThat(rest(announced)).startsWith("HTTP/1.1 413 ");
            Peer chunked = server.connectOpen();
            say(chunked, GET + POST_CHUNKED.formatted("ten") + "6\r\n012345\r\n5\r\n67890\r\n0\r\n\r\n");
            assertThat(answer(chunked)).endsWith("here");
            assertThat(rest(chunked)).startsWith("HTTP/1.1 413 ").contains("Connection: close\r\n");
            Peer fits = server.connectOpen();
            say(fits, POST_CHUNKED.formatted("ten") + "5\r\n01234\r\n5\r\n56789\r\n0\r\n\r\n" + GET);
            assertThat(answer(fits)).endsWith("ten");
            assertThat(answer(fits)).endsWith("here");
        }
    }

    @Test
    void aDrainAnswersWhatWasAskedAndEndsTheIdleWithoutAWord() throws Exception {
        try (HttpServer server = start()) {
            Peer idle = server.connectOpen();
            say(idle, GET);
            assertThat(answer(idle)).endsWith("here");
            Peer asking = server.connectOpen();
            say(asking, "GET /later HTTP/1.1\r\nHost: a\r\n\r\n");
            server.until("the request is there", () -> pending.size() == 1);
            server.weir().drain();
            assertThat(rest(idle)).isEmpty();
            hearsNothing(asking);
            pending.getFirst().send(HttpResponse.text("at last"));
            assertThat(rest(asking))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("Connection: close\r\n")
                    .endsWith("at last");
        }
    }

    @Test
    void whoEndsItsHalfIsAnswered() throws Exception {
        try (HttpServer server = start()) {
            Peer asking = server.connectOpen();
            say(asking, GET + "GET /later HTTP/1.1\r\nHost: a\r\n\r\n" + GET);
            asking.halfClose();
            server.until("the request is there", () -> pending.size() == 1);
            assertThat(answer(asking)).endsWith("here");
            server.pass(SECOND);
            hearsNothing(asking);
            pending.getFirst().send(HttpResponse.text("at last"));
            assertThat(answer(asking)).endsWith("at last");
            assertThat(rest(asking)).endsWith("here");
        }
    }

    /** RFC 9112, 9.6. */
    @Test
    void whatFollowsTheLastRequestIsNotLookedAt() throws Exception {
        try (HttpServer server = start()) {
            Peer asking = server.connectOpen();
            say(
                    asking,
                    "GET /later HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nGET /later HTTP/1.1\r\nHost: a\r\n\r\n");
            server.until("the request is there", () -> pending.size() == 1);
            server.pass(SECOND);
            pending.getFirst().send(HttpResponse.text("last"));
            assertThat(rest(asking)).endsWith("last");
            assertThat(pending).hasSize(1);
        }
    }
}
