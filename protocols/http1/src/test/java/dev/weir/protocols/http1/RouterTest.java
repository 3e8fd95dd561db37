package dev.weir.protocols.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.codec.CodecFactory;
import dev.weir.protocols.http1.conformance.CodecAlone;
import dev.weir.protocols.http1.conformance.Received;
import dev.weir.protocols.http1.conformance.StrictReader;
import dev.weir.testkit.PluginParts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who answers a request, and what is said when nobody does. */
class RouterTest {
    private static final CodecFactory<HttpRequest, HttpResponse> CODEC =
            PluginParts.of(new Http1Plugin()).codec("http1", HttpRequest.class, HttpResponse.class);

    private static final Router ROUTER = Router.builder()
            .on("GET /", says("root"))
            .on("GET /rooms/{id}", request -> HttpResponse.text("room " + request.parameter("id")))
            .on("GET /rooms/best", says("the best room"))
            .on("DELETE /rooms/{id}", says("deleted"))
            .on("GET /files/{path...}", request -> HttpResponse.text("file " + request.parameter("path")))
            .on("GET /twice/{a}", says("first"))
            .on("GET /twice/{b}", says("second"))
            .on("GET /own", says("get"))
            .on("HEAD /own", request -> HttpResponse.of(200).header("Who", "head"))
            .on("OPTIONS /own", says("options"))
            .on("POST /only", request -> HttpResponse.text("posted " + request.contentText()))
            .on("GET /caf\u00e9", says("coffee"))
            .maxBody(4)
            .on("PUT /small", request -> HttpResponse.text("put " + request.contentText()))
            .on("GET /fails", request -> {
                throw new IOException("as the test asked");
            })
            .exchange("GET /later", (request, exchange) -> exchange.send(HttpResponse.text("later")))
            .build();

    private static HttpHandler says(String text) {
        return request -> HttpResponse.text(text);
    }

    private static Received ask(String methodAndTarget, String rest) throws IOException {
        byte[] bytes = (methodAndTarget + " HTTP/1.1\r\nHost: a\r\n" + rest).getBytes(StandardCharsets.ISO_8859_1);
        try (CodecAlone alone = new CodecAlone(CODEC, ROUTER)) {
            alone.receive(bytes, 0, bytes.length);
            StrictReader reader = new StrictReader(new ByteArrayInputStream(alone.sent()));
            Received received = reader.next(methodAndTarget.startsWith("HEAD")).orElseThrow();
            assertThat(reader.next(false)).isEmpty();
            assertThat(alone.isClosed()).isEqualTo(received.isLast());
            return received;
        }
    }

    private static Received ask(String methodAndTarget) throws IOException {
        return ask(methodAndTarget, "\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "/, root",
        "/?q=1, root",
        "http://b.example, root",
        "http://b.example?q=1, root",
        "http://b.example/rooms/7, room 7",
        "/rooms/7, room 7",
        "/rooms/7?x=/8, room 7",
        "/rooms/, 'room '",
        "/rooms/best, the best room",
        "/rooms/b%65st, the best room",
        "/%72ooms/7, room 7",
        "/rooms/a%20b+c, room a b+c",
        "/rooms/%C3%A9, room \u00c3\u00a9",
        "/rooms/a%2Fb, room a/b",
        "/rooms/%252F, room %2F",
        "/files/, 'file '",
        "/files/a/b.txt, file a/b.txt",
        "/files//a/, file /a/",
        "/twice/x, first",
        "/own, get",
        "/caf%C3%A9, coffee",
        "/later, later"
    })
    void aPathFindsItsRoute(String target, String body) throws IOException {
        Received received = ask("GET " + target);
        assertThat(received.status()).isEqualTo(200);
        assertThat(received.body()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/rooms",
                "/rooms/7/8",
                "/Rooms/7",
                "//",
                "/own/",
                "/files",
                "/rooms/%FF",
                "/files/a/%C3",
                "/rooms%2F7"
            })
    void anyOtherPathIsNotFound(String target) throws IOException {
        Received received = ask("GET " + target);
        assertThat(received.status()).isEqualTo(404);
        assertThat(received.values("Allow")).isEmpty();
        assertThat(received.isLast()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE /, 'GET, HEAD, OPTIONS'",
        "POST /rooms/7, 'DELETE, GET, HEAD, OPTIONS'",
        "GET /only, 'OPTIONS, POST'",
        "HEAD /only, 'OPTIONS, POST'",
        "get /rooms/7, 'DELETE, GET, HEAD, OPTIONS'",
        "TRACE /later, 'GET, HEAD, OPTIONS'"
    })
    void anotherMethodIsNotAllowed(String line, String allow) throws IOException {
        Received received = ask(line);
        assertThat(received.status()).isEqualTo(405);
        assertThat(received.values("Allow")).containsExactly(allow);
    }

    @Test
    void optionsTellsTheMethods() throws IOException {
        Received received = ask("OPTIONS /rooms/7");
        assertThat(received.status()).isEqualTo(204);
        assertThat(received.values("Allow")).containsExactly("DELETE, GET, HEAD, OPTIONS");
        assertThat(ask("OPTIONS /own").body()).isEqualTo("options");
        assertThat(ask("OPTIONS /nowhere").status()).isEqualTo(404);
        assertThat(ask("OPTIONS *").status()).isEqualTo(204);
    }

    @Test
    void headIsAnsweredByGetUnlessItHasItsOwn() throws IOException {
        assertThat(ask("HEAD /rooms/7").values("Content-Length")).containsExactly("6");
        assertThat(ask("HEAD /rooms/best").values("Content-Length")).containsExactly("13");
        assertThat(ask("HEAD /own").values("Who")).containsExactly("head");
        assertThat(ask("HEAD /nowhere").status()).isEqualTo(404);
    }

    @Test
    void aBodyIsTakenUpToItsLimit() throws IOException {
        assertThat(ask("POST /only", "Content-Length: 5\r\n\r\nhello").body()).isEqualTo("posted hello");
        assertThat(ask("PUT /small", "Content-Length: 4\r\n\r\nfour").body()).isEqualTo("put four");
        assertThat(ask("PUT /small", "Content-Length: 5\r\n\r\nhello").status()).isEqualTo(413);
        assertThat(ask("PUT /small", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void aHandlerThatFailsIsAServerError() throws IOException {
        Received received = ask("GET /fails");
        assertThat(received.status()).isEqualTo(500);
        assertThat(received.body()).doesNotContain("test");
        assertThat(received.isLast()).isTrue();
    }

    @Test
    void aRouteThatIsThereAlreadyIsRefused() {
        Router.Builder builder = Router.builder().on("GET /a", says("a"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.blocking("GET /a", says("b")))
                .withMessageContaining("GET /a");
        builder.on("PUT /a", says("c")).on("GET /{a}", says("d"));
    }
}
