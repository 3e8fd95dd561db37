package dev.weir.protocols.http1.files;

import dev.weir.codec.Codec;
import dev.weir.codec.CodecFactory;
import dev.weir.codec.MessageWindow;
import dev.weir.codec.ProtocolViolation;
import dev.weir.protocols.http1.Http1Plugin;
import dev.weir.protocols.http1.HttpRequest;
import dev.weir.protocols.http1.HttpResponse;
import dev.weir.testkit.PluginParts;
import dev.weir.testkit.RecordingOutput;
import dev.weir.testkit.RecordingSession;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** One request and its answer, through the codec and without a connection. */
final class OneExchange {
    private static final CodecFactory<HttpRequest, HttpResponse> CODEC =
            PluginParts.of(new Http1Plugin()).codec("http1", HttpRequest.class, HttpResponse.class);

    private OneExchange() {}

    /**
     * Has a request without a body answered.
     *
     * @param request lines without their ends, the request line first
     * @return what the client gets, each byte as one character; empty when the codec takes that for no request
     */
    static Optional<String> of(Iterable<String> request, Function<HttpRequest, HttpResponse> responder) {
        String head = String.join("\r\n", request) + "\r\n\r\n";
        Codec<HttpRequest, HttpResponse> codec =
                CODEC.create(new RecordingSession<HttpResponse>(String::valueOf).connection(), new MessageWindow());
        RecordingOutput out = new RecordingOutput();
        try {
            HttpRequest asked = codec.decode(Unpooled.copiedBuffer(head, StandardCharsets.ISO_8859_1));
            HttpRequest copy = asked.copy();
            codec.messageHandled();
            codec.encode(responder.apply(copy), out);
            return Optional.of(out.text());
        } catch (ProtocolViolation refused) {
            return Optional.empty();
        } finally {
            codec.dispose();
        }
    }
}
