package dev.weir.protocols.http1.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.codec.CodecFactory;
import dev.weir.protocol.Session;
import dev.weir.protocols.http1.Http1Plugin;
import dev.weir.protocols.http1.HttpRequest;
import dev.weir.protocols.http1.HttpResponse;
import dev.weir.testkit.PluginParts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** A body is given as the handler wants it, whole and in order, and the next request begins behind it, however it all arrives. */
class BodyProperties {
    private static final int LARGEST = 3000;
    private static final CodecFactory<HttpRequest, HttpResponse> CODEC =
            PluginParts.of(new Http1Plugin()).codec("http1", HttpRequest.class, HttpResponse.class);

    /** What the handler does about a body. */
    enum Wish {
        SKIP,
        WHOLE,
        PIECES,
        /** In pieces, with a pause after each. */
        PAUSES
    }

    /** One request. */
    record Sent(Wish wish, boolean isChunked, boolean expects, int size, long seed) {

        /** Its body, which may look like anything. */
        String body() {
            Random random = new Random(seed);
            String looks = "0\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n5;x=\"y\"\r\n\u00ff";
            StringBuilder body = new StringBuilder();
            while (body.length() < size) {
                body.append(looks.charAt(random.nextInt(looks.length())));
            }
            return body.toString();
        }

        String bytes() {
            String expect = expects ? "Expect: 100-continue\r\n" : "";
            String head = "POST /" + wish + " HTTP/1.1\r\nHost: a\r\n" + expect;
            return isChunked
                    ? head + "Transfer-Encoding: chunked\r\n\r\n" + chunks(body(), new Random(seed))
                    : head + "Content-Length: " + size + "\r\n\r\n" + body();
        }

        boolean isSkipped() {
            return wish == Wish.SKIP;
        }

        /** A body that nobody asks for ends the connection if its end is not known or the client waits; see the cases. */
        boolean isLast() {
            return isSkipped() && (isChunked || (expects && size > 0));
        }
    }

    static String chunks(String body, Random random) {
        StringBuilder chunks = new StringBuilder();
        for (int from = 0; from < body.length(); ) {
            int to = Math.min(body.length(), from + 1 + random.nextInt(random.nextBoolean() ? 3 : 1000));
            String size = Integer.toHexString(to - from);
            chunks.append(random.nextBoolean() ? size : "0" + size).append(random.nextInt(4) == 0 ? ";a=\"b\"" : "");
            chunks.append("\r\n").append(body, from, to).append("\r\n");
            from = to;
        }
        return chunks + "0\r\n" + (random.nextBoolean() ? "T: 1\r\n" : "") + "\r\n";
    }

    @Provide
    Arbitrary<Sent> requests() {
        return Combinators.combine(
                        Arbitraries.of(Wish.class),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false, false, false),
                        Arbitraries.integers().between(0, LARGEST),
                        Arbitraries.longs())
                .as(Sent::new)
                .filter(sent -> !sent.isLast());
    }

    @Property
    void everyBodyArrivesOnceAndInOrderAndTheNextRequestBeginsBehindIt(
            @ForAll @Size(min = 1, max = 8) List<@From("requests") Sent> requests, @ForAll long seed)
            throws IOException {
        StringBuilder bytes = new StringBuilder();
        requests.forEach(request -> bytes.append(request.bytes()));
        try (CodecAlone alone = new CodecAlone(CODEC, new Listening(new Mirror()::onMessage))) {
            alone.receive(bytes.toString(), new Random(seed));
            StrictReader reader = new StrictReader(new ByteArrayInputStream(alone.sent()));
            for (Sent request : requests) {
                assertThat(answer(reader).body()).isEqualTo(request.isSkipped() ? "skipped" : request.body());
            }
            assertThat(reader.next(false)).isEmpty();
            alone.receiveEnd();
            assertThat(alone.violation()).isEmpty();
        }
    }

    /** The next answer behind what tells the client to go on. */
    private static Received answer(StrictReader reader) throws IOException {
        Received next = reader.next(false).orElseThrow();
        return next.status() == 100 ? reader.next(false).orElseThrow() : next;
    }

    /** Gives bodies back. */
    private static final class Mirror {
        private final StringBuilder pieces = new StringBuilder();
        private boolean pauses;

        void onMessage(HttpRequest request, Session<HttpResponse> session) {
            if (!request.isHead()) {
                piece(request, session);
                return;
            }
            switch (Wish.valueOf(request.path().substring(1))) {
                case SKIP -> session.send(HttpResponse.text("skipped"));
                case WHOLE -> {
                    if (request.awaitBody(LARGEST, session)) {
                        answer(text(request), session);
                    }
                }
                case PIECES -> begin(request, session, false);
                case PAUSES -> begin(request, session, true);
            }
        }

        private void begin(HttpRequest request, Session<HttpResponse> session, boolean withPauses) {
            pauses = withPauses;
            pieces.setLength(0);
            request.streamBody(session);
            if (request.isLast()) {
                answer("", session);
            }
        }

        private void piece(HttpRequest request, Session<HttpResponse> session) {
            assertThat(session.connection().state().isClosing()).isFalse();
            pieces.append(text(request));
            if (pauses) {
                session.pauseReading();
            }
            if (request.isLast()) {
                answer(pieces.toString(), session);
            }
        }

        private static String text(HttpRequest request) {
            return request.content().toString(StandardCharsets.ISO_8859_1);
        }

        private static void answer(String body, Session<HttpResponse> session) {
            session.send(HttpResponse.of(200).body(body.getBytes(StandardCharsets.ISO_8859_1)));
        }
    }
}
