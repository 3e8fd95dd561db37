package dev.weir.protocols.http1;

import dev.weir.codec.CodecFactory;
import dev.weir.protocol.Session;
import dev.weir.testkit.CodecContract;
import dev.weir.testkit.PluginParts;
import dev.weir.testkit.TransportSubject;
import dev.weir.testkit.simulation.SimulatedSubject;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The codec of HTTP/1.1 keeps the contract of all codecs. */
class HttpCodecContractTest extends CodecContract<HttpRequest, HttpResponse> {
    private static final String LONG = "x".repeat(200);

    @Override
    protected CodecFactory<HttpRequest, HttpResponse> codec() {
        return PluginParts.of(new Http1Plugin())
                .codec(
                        "{ use = http1, max-head = 1KiB, max-request-line = 1KiB }",
                        HttpRequest.class,
                        HttpResponse.class);
    }

    @Override
    protected String text(HttpRequest message) {
        return message.number() + " " + message.method() + " " + message.target() + " " + message.headers("X");
    }

    @Override
    protected void answer(HttpRequest message, Session<HttpResponse> session) {
        session.send(HttpResponse.text(text(message)).answering(message.number()));
    }

    @Override
    protected List<Stream> streams() {
        return List.of(
                stream("GET /a HTTP/1.1\r\nHost: h\r\nX: 1\r\nx: 2\r\n\r\n", "1 GET /a [1, 2]"),
                stream(
                        "\r\nGET /a HTTP/1.1\r\nHost: h\r\n\r\n\r\nHEAD /b HTTP/1.1\r\nHost: h\r\n\r\n",
                        "1 GET /a []",
                        "2 HEAD /b []"),
                stream(
                        "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhelloGET /b HTTP/1.1\r\nHost: h\r\n\r\n",
                        "1 POST /a []",
                        "2 GET /b []"),
                stream("OPTIONS * HTTP/1.1\r\nHost: h\r\nX: " + LONG + "\r\n\r\n", "1 OPTIONS * [" + LONG + "]"));
    }

    private static Stream stream(String bytes, String... texts) {
        return new Stream(bytes.getBytes(StandardCharsets.ISO_8859_1), List.of(texts));
    }

    @Override
    protected TransportSubject subject() {
        return SimulatedSubject.drawn();
    }
}
