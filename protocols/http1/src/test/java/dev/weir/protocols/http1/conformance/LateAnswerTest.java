package dev.weir.protocols.http1.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.codec.Codec.Next;
import dev.weir.protocols.http1.Http1Plugin;
import dev.weir.protocols.http1.HttpRequest;
import dev.weir.protocols.http1.HttpResponse;
import dev.weir.testkit.PluginParts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read on, and what is not, while a request waits for its answer. */
class LateAnswerTest {
    private static final String NEXT = "GET /next HTTP/1.1\r\nHost: a\r\n\r\n";

    private final List<String> asked = new ArrayList<>();

    private CodecAlone receiving(String codec, String bytes) {
        CodecAlone alone = new CodecAlone(
                PluginParts.of(new Http1Plugin()).codec(codec, HttpRequest.class, HttpResponse.class),
                new Listening((request, session) -> asked.add(request.path())));
        byte[] all = bytes.getBytes(StandardCharsets.ISO_8859_1);
        alone.receive(all, 0, all.length);
        return alone;
    }

    private static String get(String path, String lines) {
        return "GET " + path + " HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n";
    }

    private static StrictReader sent(CodecAlone alone) {
        return new StrictReader(new ByteArrayInputStream(alone.sent()));
    }

    @Test
    void nothingIsTakenBehindARequestThatSaysClose() throws IOException {
        try (CodecAlone alone = receiving("http1", get("/last", "Connection: close\r\n") + NEXT)) {
            assertThat(asked).containsExactly("/last");
            assertThat(alone.next()).isEqualTo(Next.WAIT);
            alone.send(HttpResponse.text("bye").answering(1));
            assertThat(asked).containsExactly("/last");
            assertThat(alone.isClosed()).isTrue();
            assertThat(sent(alone).next(false).orElseThrow().isLast()).isTrue();
        }
    }

    @Test
    void nothingIsTakenBehindTheLastRequestThatIsAllowed() throws IOException {
        try (CodecAlone alone = receiving("{ use = http1, max-requests = 2 }", NEXT.repeat(3))) {
            assertThat(asked).hasSize(2);
            alone.send(HttpResponse.text("one").answering(1));
            alone.send(HttpResponse.text("two").answering(2));
            assertThat(asked).hasSize(2);
            StrictReader reader = sent(alone);
            assertThat(reader.next(false).orElseThrow().isLast()).isFalse();
            assertThat(reader.next(false).orElseThrow().isLast()).isTrue();
            assertThat(alone.isClosed()).isTrue();
        }
    }

    @Test
    void whatComesBehindAnOfferedUpgradeWaitsForItsAnswer() {
        String offer = get("/offer", "Connection: upgrade\r\nUpgrade: echo\r\n");
        try (CodecAlone alone = receiving("http1", offer + NEXT)) {
            assertThat(asked).containsExactly("/offer");
            alone.send(HttpResponse.text("no, thank you").answering(1));
            assertThat(asked).containsExactly("/offer", "/next");
        }
    }

    @Test
    void aConnectThatIsRefusedIsTheLastRequest() throws IOException {
        try (CodecAlone alone = receiving("http1", "CONNECT b:443 HTTP/1.1\r\nHost: b\r\n\r\n" + NEXT)) {
            assertThat(alone.next()).isEqualTo(Next.WAIT);
            alone.send(HttpResponse.text(403, "no").answering(1));
            assertThat(asked).containsExactly("b:443");
            assertThat(alone.isClosed()).isTrue();
        }
    }

    @Test
    void whoEndsItsHalfGetsItsAnswersStill() throws IOException {
        try (CodecAlone alone = receiving("http1", NEXT.repeat(2))) {
            alone.receiveEnd();
            assertThat(alone.isClosed()).isFalse();
            alone.send(HttpResponse.text("two").answering(2));
            alone.send(HttpResponse.text("one").answering(1));
            StrictReader reader = sent(alone);
            assertThat(reader.next(false).orElseThrow().body()).isEqualTo("one");
            assertThat(reader.next(false).orElseThrow().body()).isEqualTo("two");
        }
    }

    @Test
    void aBadRequestIsRefusedOnceThoseBeforeItAreAnswered() throws IOException {
        try (CodecAlone alone = receiving("http1", NEXT + "BAD\r\n\r\n")) {
            assertThat(alone.isClosed()).isFalse();
            assertThat(alone.sent()).isEmpty();
            alone.send(HttpResponse.text("one").answering(1));
            StrictReader reader = sent(alone);
            assertThat(reader.next(false).orElseThrow().body()).isEqualTo("one");
            assertThat(reader.next(false).orElseThrow().status()).isEqualTo(400);
            assertThat(alone.isClosed()).isTrue();
        }
    }
}
