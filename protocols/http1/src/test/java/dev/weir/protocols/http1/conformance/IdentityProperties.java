package dev.weir.protocols.http1.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.codec.CodecFactory;
import dev.weir.protocols.http1.Http1Plugin;
import dev.weir.protocols.http1.HttpRequest;
import dev.weir.protocols.http1.HttpResponse;
import dev.weir.testkit.PluginParts;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** What is written is what is read. */
class IdentityProperties {
    private static final String TOKEN = "!#$%&'*+-.^_`|~0123456789ABCXYZabcxyz";
    private static final String TARGET = "abcXYZ019-._~!$&'()*+,;=:@/{}|\\^`<>\"[]";
    private static final List<String> OF_THE_CODEC = List.of(
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "upgrade",
            "date",
            "trailer",
            "host",
            "expect");
    private static final CodecFactory<HttpRequest, HttpResponse> CODEC =
            PluginParts.of(new Http1Plugin()).codec("http1", HttpRequest.class, HttpResponse.class);

    /** A name and a value. */
    record Field(String name, String value) {
        @Override
        public String toString() {
            return name + ": " + value;
        }
    }

    /** What a request says; two are the same when their texts are. */
    private static List<String> view(HttpRequest request) {
        List<String> view = new ArrayList<>(List.of(
                request.method(),
                request.target(),
                request.path(),
                request.query(),
                request.host(),
                "1." + request.minorVersion(),
                request.upgrade(),
                request.isKeepAlive() + " " + request.expectsContinue() + " " + request.contentLength(),
                request.content().toString(StandardCharsets.ISO_8859_1)));
        for (int i = 0; i < request.fieldCount(); i++) {
            view.add(request.fieldName(i) + "=" + request.fieldValue(i));
        }
        return view;
    }

    @Provide
    Arbitrary<String> tokens() {
        return Arbitraries.strings()
                .withChars(TOKEN.toCharArray())
                .ofMinLength(1)
                .ofMaxLength(12);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.strings()
                .withChars("\t aB1,;=\"\\:\u0080\u00e9\u00ff")
                .ofMaxLength(20)
                .map(IdentityProperties::trimmed);
    }

    private static String trimmed(String text) {
        return text.replaceAll("^[ \\t]+|[ \\t]+$", "");
    }

    @Provide
    Arbitrary<Field> fields() {
        return Combinators.combine(tokens(), values())
                .as(Field::new)
                .filter(field -> !OF_THE_CODEC.contains(field.name().toLowerCase(Locale.ROOT)));
    }

    @Provide
    Arbitrary<Field> meaningful() {
        return Arbitraries.of(
                new Field("Connection", "close"),
                new Field("connection", "Keep-Alive"),
                new Field("CONNECTION", "x, upgrade"),
                new Field("Upgrade", "websocket"),
                new Field("Expect", "100-continue"));
    }

    @Provide
    Arbitrary<String> targets() {
        Arbitrary<String> path = Arbitraries.strings()
                .withChars(TARGET.toCharArray())
                .ofMaxLength(20)
                .map(text -> "/" + text);
        Arbitrary<String> query =
                Arbitraries.strings().withChars(TARGET + "?%").ofMaxLength(10).map(text -> "?" + text);
        return Combinators.combine(
                        Arbitraries.of("", "", "http://b.example", "HTTPS://[::1]:81"),
                        path,
                        Arbitraries.of("", "%41", "%2F%2f"),
                        Arbitraries.oneOf(Arbitraries.just(""), query))
                .as((origin, text, encoded, queries) -> origin + text + encoded + queries);
    }

    @Property
    void aRequestThatIsWrittenFromItsViewHasTheSameView(
            @ForAll("tokens") String method,
            @ForAll("targets") String target,
            @ForAll @IntRange(max = 1) int minor,
            @ForAll @Size(max = 10) List<@From("fields") Field> some,
            @ForAll @Size(max = 2) List<@From("meaningful") Field> others,
            @ForAll @StringLength(max = 50) String content,
            @ForAll @IntRange(max = 2) int coding,
            @ForAll long seed) {
        Random random = new Random(seed);
        String body = new String(content.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        List<Field> fields = new ArrayList<>(some);
        fields.addAll(others);
        fields.add(new Field("hOSt", "a.example:8080"));
        boolean isChunked = coding == 2 && minor == 1;
        if (isChunked) {
            fields.add(new Field("transfer-Encoding", "Chunked"));
        } else if (coding == 1) {
            fields.add(new Field("content-Length", "00" + body.length()));
        }
        Collections.shuffle(fields, random);
        StringBuilder first = new StringBuilder(method + " " + target + " HTTP/1." + minor + "\r\n");
        for (Field field : fields) {
            first.append(field.name())
                    .append(':')
                    .append(blanks(random))
                    .append(field.value())
                    .append(blanks(random));
            first.append("\r\n");
        }
        first.append("\r\n").append(isChunked ? BodyProperties.chunks(body, random) : coding == 1 ? body : "");

        HttpRequest request = read(first.toString(), random);
        HttpRequest again = read(written(request), random);
        assertThat(view(again)).isEqualTo(view(request));
        assertThat(request.method()).isEqualTo(method);
        assertThat(request.target()).isEqualTo(target);
        assertThat(request.fieldCount()).isEqualTo(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            assertThat(request.fieldName(i) + ": " + request.fieldValue(i))
                    .isEqualTo(fields.get(i).toString());
        }
        assertThat(request.content().toString(StandardCharsets.ISO_8859_1))
                .isEqualTo(coding == 0 || (coding == 2 && minor == 0) ? "" : body);
    }

    private static String blanks(Random random) {
        return " \t \t".substring(0, random.nextInt(4));
    }

    /** The request, whole, as it is understood. */
    private static HttpRequest read(String bytes, Random random) {
        List<HttpRequest> requests = new ArrayList<>();
        try (CodecAlone alone = new CodecAlone(CODEC, new Listening((request, session) -> {
            if (request.awaitBody(1000, session)) {
                requests.add(request.copy());
            }
        }))) {
            alone.receive(bytes, random);
            assertThat(alone.violation()).isEmpty();
        }
        assertThat(requests).hasSize(1);
        return requests.getFirst();
    }

    private static String written(HttpRequest request) {
        StringBuilder text = new StringBuilder(
                request.method() + " " + request.target() + " HTTP/1." + request.minorVersion() + "\r\n");
        for (int i = 0; i < request.fieldCount(); i++) {
            text.append(request.fieldName(i))
                    .append(": ")
                    .append(request.fieldValue(i))
                    .append("\r\n");
        }
        String body = request.content().toString(StandardCharsets.ISO_8859_1);
        boolean isChunked = request.contentLength() == HttpRequest.UNKNOWN_LENGTH;
        return text.append("\r\n") + (isChunked ? BodyProperties.chunks(body, new Random(1)) : body);
    }

    @Property
    void aResponseIsReadAsItWasMade(
            @ForAll @IntRange(min = 200, max = 599) int status,
            @ForAll @Size(max = 10) List<@From("fields") Field> fields,
            @ForAll @StringLength(max = 5000) @AlphaChars String body,
            @ForAll @IntRange(max = 3) int kind,
            @ForAll boolean closes)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
        HttpResponse response = HttpResponse.of(status);
        fields.forEach(field -> response.header(field.name(), field.value()));
        if (status == 405) {
            response.header("Allow", "GET");
        }
        if (closes) {
            response.close();
        }
        List<HttpResponse> parts = new ArrayList<>(List.of(
                switch (kind) {
                    case 0 -> response.body(bytes);
                    case 1 -> response.body(Unpooled.copiedBuffer(bytes));
                    case 2 -> response.stream(bytes.length);
                    default -> response.stream();
                }));
        if (kind >= 2) {
            parts.add(HttpResponse.piece(Unpooled.copiedBuffer(bytes)));
            parts.add(HttpResponse.end());
        }
        Received received;
        try (CodecAlone alone =
                new CodecAlone(CODEC, new Listening((request, session) -> parts.forEach(session::send)))) {
            alone.receive("GET / HTTP/1.1\r\nHost: a\r\n\r\n", new Random(1));
            StrictReader reader = new StrictReader(new ByteArrayInputStream(alone.sent()));
            received = reader.next(false).orElseThrow();
            assertThat(reader.next(false)).isEmpty();
            assertThat(alone.isClosed()).isEqualTo(closes);
        }
        assertThat(received.status()).isEqualTo(status);
        assertThat(received.lines().subList(0, fields.size()))
                .isEqualTo(fields.stream().map(Field::toString).toList());
        assertThat(received.isLast()).isEqualTo(closes);
        boolean hasNoBody = status == 204 || status == 205 || status == 304;
        assertThat(received.body()).isEqualTo(hasNoBody ? "" : body);
    }
}
