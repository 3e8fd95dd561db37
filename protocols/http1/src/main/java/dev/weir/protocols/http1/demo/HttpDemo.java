package dev.weir.protocols.http1.demo;

import dev.weir.protocols.http1.Exchange;
import dev.weir.protocols.http1.HttpRequest;
import dev.weir.protocols.http1.HttpResponse;
import dev.weir.protocols.http1.PreparedResponse;
import dev.weir.protocols.http1.Router;
import dev.weir.settings.ByteSize;
import dev.weir.settings.Settings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;

/** The routes of {@code http-demo}; the settings' comments say what each does. */
public final class HttpDemo {
    private static final int MOST_MILLIS = 60_000;
    private static final int MOST_PIECES = 100_000;
    private static final int LEAST_STATUS = 200;
    private static final int MOST_STATUS = 599;

    private static final PreparedResponse HELLO = PreparedResponse.of(
            HttpResponse.of(200).body("text/plain", "Hello, World!".getBytes(StandardCharsets.US_ASCII)));
    private static final PreparedResponse JSON =
            PreparedResponse.of(HttpResponse.json("{\"message\":\"Hello, World!\"}"));

    private static final String INDEX = """
            Weir's HTTP demo answers:

            GET  /plaintext      Hello, World!
            GET  /json           {"message":"Hello, World!"}
            POST /echo           the body of the request
            GET  /bytes/{n}      n bytes
            GET  /status/{code}  that status
            GET  /delay/{ms}     after so many milliseconds
            GET  /stream/{n}     n lines, each a chunk
            """;

    private final int mostBytes;

    private HttpDemo(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** The protocol as configured. */
    public static Router from(Settings settings) {
        return new HttpDemo(settings.size("max-bytes", ByteSize.of(1), ByteSize.ofMiB(1024))
                        .toInt())
                .router();
    }

    private Router router() {
        return Router.builder()
                .on("GET /", request -> HttpResponse.text(INDEX))
                .on("GET /plaintext", request -> request.respond(HELLO))
                .on("GET /json", request -> request.respond(JSON))
                .exchange("POST /echo", HttpDemo::echo)
                .exchange("PUT /echo", HttpDemo::echo)
                .on("GET /bytes/{n}", this::bytes)
                .on("GET /status/{code}", HttpDemo::status)
                .exchange("GET /delay/{ms}", HttpDemo::delay)
                .exchange("GET /stream/{n}", HttpDemo::stream)
                .build();
    }

    /** The body goes back as it comes, so that neither side need hold it; a client that does not read is not read from. */
    private static void echo(HttpRequest request, Exchange exchange) {
        String type = request.header("Content-Type");
        HttpResponse head =
                HttpResponse.of(200).header("Content-Type", type == null ? "application/octet-stream" : type);
        if (request.isLast()) {
            exchange.send(head);
            return;
        }
        exchange.onBody(request, (bytes, isLast) -> {
            if (bytes.isReadable()) {
                exchange.send(HttpResponse.piece(bytes.copy()));
            }
            if (isLast) {
                exchange.send(HttpResponse.end());
            }
        });
        exchange.send(request.contentLength() >= 0 ? head.stream(request.contentLength()) : head.stream());
    }

    private HttpResponse bytes(HttpRequest request) {
        OptionalInt count = number(request.parameter("n"), 0, mostBytes);
        if (count.isEmpty()) {
            return HttpResponse.text(400, "400 Bad Request\n\nA number from 0 to " + mostBytes + " is wanted.\n");
        }
        byte[] bytes = new byte[count.getAsInt()];
        Arrays.fill(bytes, (byte) 'x');
        ByteBuf body = Unpooled.wrappedBuffer(bytes);
        return HttpResponse.of(200)
                .header("Content-Type", "application/octet-stream")
                .body(body);
    }

    private static HttpResponse status(HttpRequest request) {
        OptionalInt status = number(request.parameter("code"), LEAST_STATUS, MOST_STATUS);
        if (status.isEmpty()) {
            return HttpResponse.text(
                    400, "400 Bad Request\n\nA status from " + LEAST_STATUS + " to " + MOST_STATUS + " is wanted.\n");
        }
        int code = status.getAsInt();
        HttpResponse response = HttpResponse.text(code, code + "\n");
        return switch (code) {
            case 301, 302, 303, 307, 308 -> response.header("Location", "/plaintext");
            case 401 -> response.header("WWW-Authenticate", "Basic realm=\"demo\"");
            case 405 -> response.header("Allow", "GET");
            case 429, 503 -> response.header("Retry-After", "1");
            default -> response;
        };
    }

    private static void delay(HttpRequest request, Exchange exchange) {
        OptionalInt millis = number(request.parameter("ms"), 0, MOST_MILLIS);
        if (millis.isEmpty()) {
            exchange.send(
                    HttpResponse.text(400, "400 Bad Request\n\nA number from 0 to " + MOST_MILLIS + " is wanted.\n"));
            return;
        }
        String text = "after " + millis.getAsInt() + " ms\n";
        exchange.session().schedule(Duration.ofMillis(millis.getAsInt()), () -> exchange.send(HttpResponse.text(text)));
    }

    /** As fast as the client reads, and no faster. */
    private static void stream(HttpRequest request, Exchange exchange) {
        OptionalInt count = number(request.parameter("n"), 0, MOST_PIECES);
        if (count.isEmpty()) {
            exchange.send(
                    HttpResponse.text(400, "400 Bad Request\n\nA number from 0 to " + MOST_PIECES + " is wanted.\n"));
            return;
        }
        exchange.send(HttpResponse.of(200).header("Content-Type", "text/plain").stream());
        new Lines(exchange, count.getAsInt()).send();
    }

    /** The lines of one answer. */
    private static final class Lines {
        private final Exchange exchange;
        private final int count;
        private int sent;

        Lines(Exchange exchange, int count) {
            this.exchange = exchange;
            this.count = count;
        }

        void send() {
            while (sent < count) {
                if (!exchange.isWritable()) {
                    exchange.onWritable(this::send);
                    return;
                }
                sent++;
                byte[] line = ("line " + sent + "\n").getBytes(StandardCharsets.US_ASCII);
                if (!exchange.send(HttpResponse.piece(Unpooled.wrappedBuffer(line)))) {
                    return;
                }
            }
            exchange.send(HttpResponse.end());
        }
    }

    private static OptionalInt number(String text, int least, int most) {
        if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalInt.empty();
        }
        int number = Integer.parseInt(text);
        return number < least || number > most ? OptionalInt.empty() : OptionalInt.of(number);
    }
}
