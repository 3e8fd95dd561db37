package dev.weir.protocols.http1;

import dev.weir.protocol.Protocol;

/** A protocol on codec {@code http1}: takes requests and gives responses. {@link Router} is one that is made of routes. */
@FunctionalInterface
public interface HttpProtocol extends Protocol<HttpRequest, HttpResponse> {

    @Override
    default Class<HttpRequest> inbound() {
        return HttpRequest.class;
    }

    @Override
    default Class<HttpResponse> outbound() {
        return HttpResponse.class;
    }
}
