package dev.weir.protocols.http1.conformance;

import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import dev.weir.protocols.http1.HttpProtocol;
import dev.weir.protocols.http1.HttpRequest;
import dev.weir.protocols.http1.HttpResponse;
import dev.weir.testkit.BytesProtocol;
import dev.weir.testkit.RawBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells the client how its request was understood: method, target, host, and the body where there is one. Some paths answer in another
 * way; they are listed in {@link Talk#head}.
 */
final class Mirror implements HttpProtocol {
    /** The most bytes of a body that are taken. */
    static final int MOST_BODY = 64;

    /** Another protocol, to which a connection can change: it gives back what it gets. */
    private static final BytesProtocol ECHO = session -> session::send;

    @Override
    public Handler<HttpRequest> open(Session<HttpResponse> session) {
        return new Talk(session);
    }

    /** One connection. */
    private static final class Talk implements Handler<HttpRequest> {
        private final Session<HttpResponse> session;
        private final List<Long> held = new ArrayList<>();
        private String begun = "";
        private String body = "";

        Talk(Session<HttpResponse> session) {
            this.session = session;
        }

        @Override
        public void onMessage(HttpRequest request) {
            if (request.isHead()) {
                head(request);
                return;
            }
            body += request.content().toString(StandardCharsets.ISO_8859_1);
            if (request.isLast()) {
                List<String> trailers = request.trailers("T");
                answer(
                        request,
                        HttpResponse.text(begun + " body=" + body + (trailers.isEmpty() ? "" : " t=" + trailers)));
            }
        }

        private void head(HttpRequest request) {
            switch (request.path()) {
                case "/skip" -> answer(request, HttpResponse.text("skipped"));
                case "/pieces" -> pieces(request);
                case "/fields" -> answer(request, HttpResponse.text(fields(request)));
                case "/parts" ->
                    answer(
                            request,
                            HttpResponse.text("path=" + request.path() + " query=" + request.query() + " q="
                                    + request.queryParameter("q").orElse("none")));
                case "/empty" -> answer(request, HttpResponse.of(200));
                case "/close" -> answer(request, HttpResponse.text("closing").close());
                case "/early" -> {
                    answer(request, HttpResponse.interim(103).header("Link", "</a>"));
                    answer(request, HttpResponse.text("early"));
                }
                case "/stream" -> stream(request, HttpResponse.of(200).stream());
                case "/sized" -> stream(request, HttpResponse.of(200).stream(4));
                case "/204", "/205", "/304", "/404" -> {
                    int status = Integer.parseInt(request.path().substring(1));
                    answer(request, HttpResponse.text(status, "text"));
                }
                case "/stream204" -> stream(request, HttpResponse.of(204).stream());
                case "/stream205" -> stream(request, HttpResponse.of(205).stream());
                case "/stream304" -> stream(request, HttpResponse.of(304).stream());
                case "/without" -> answer(request, HttpResponse.of(200).withoutBody(12345));
                case "/offer" -> answer(request, HttpResponse.text("offer=" + request.upgrade()));
                case "/upgrade" -> upgrade(request);
                case "/hold" -> held.add(request.number());
                case "/go" -> go(request);
                case "ok.example:443" -> {
                    answer(request, HttpResponse.of(200));
                    session.switchTo(new RawBytes(), ECHO);
                }
                case "no.example:443" -> answer(request, HttpResponse.text(403, "no"));
                default -> mirrored(request);
            }
        }

        private void mirrored(HttpRequest request) {
            if (!request.awaitBody(MOST_BODY, session)) {
                return;
            }
            String text = shown(request);
            if (request.content().isReadable()) {
                text += " body=" + request.content().toString(StandardCharsets.ISO_8859_1);
            }
            answer(request, HttpResponse.text(text));
        }

        private static String shown(HttpRequest request) {
            return request.method() + " " + request.target() + " host=" + request.host();
        }

        private void pieces(HttpRequest request) {
            begun = shown(request);
            body = "";
            request.streamBody(session);
            if (request.isLast()) {
                answer(request, HttpResponse.text(begun));
            }
        }

        private static String fields(HttpRequest request) {
            List<String> fields = new ArrayList<>();
            for (int i = 0; i < request.fieldCount(); i++) {
                fields.add(request.fieldName(i) + "=" + request.fieldValue(i));
            }
            return String.join("|", fields);
        }

        private void stream(HttpRequest request, HttpResponse head) {
            answer(request, head);
            answer(request, HttpResponse.piece(bytes("ab")));
            answer(request, HttpResponse.piece(bytes("")));
            answer(request, HttpResponse.piece(bytes("cd")));
            answer(request, HttpResponse.end());
        }

        private void upgrade(HttpRequest request) {
            if (request.upgrade().isEmpty()) {
                answer(request, HttpResponse.text(426, "upgrade"));
                return;
            }
            answer(request, HttpResponse.upgrade(request.upgrade()));
            session.switchTo(new RawBytes(), ECHO);
        }

        /** Answers what was held, the newest first. */
        private void go(HttpRequest request) {
            answer(request, HttpResponse.text("gone"));
            for (long number : held.reversed()) {
                session.send(HttpResponse.text("held " + number).answering(number));
            }
            held.clear();
        }

        private void answer(HttpRequest request, HttpResponse response) {
            session.send(response.answering(request.number()));
        }

        private static ByteBuf bytes(String text) {
            return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
        }
    }
}
