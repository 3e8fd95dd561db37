package dev.weir.protocols.http1.conformance;

import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import dev.weir.protocols.http1.HttpProtocol;
import dev.weir.protocols.http1.HttpRequest;
import dev.weir.protocols.http1.HttpResponse;

/** A protocol that is one function, called for each message. */
public record Listening(Listener listener) implements HttpProtocol {

    /** What becomes of a message. */
    public interface Listener {
        void onMessage(HttpRequest request, Session<HttpResponse> session);
    }

    @Override
    public Handler<HttpRequest> open(Session<HttpResponse> session) {
        return request -> listener.onMessage(request, session);
    }
}
