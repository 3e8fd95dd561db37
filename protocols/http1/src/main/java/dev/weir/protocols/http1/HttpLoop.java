package dev.weir.protocols.http1;

import java.time.InstantSource;

/** What the connections of one loop share, since a loop has one message at a time. */
final class HttpLoop {
    private final HttpRequest request = new HttpRequest();
    private final HttpResponse response = new HttpResponse();
    private final RequestParser parser;
    private final ResponseWriter writer;

    HttpLoop(HttpLimits limits, InstantSource instants) {
        this.parser = new RequestParser(limits);
        this.writer = new ResponseWriter(new HttpDate(instants));
    }

    /** The request that is being shown. */
    HttpRequest request() {
        return request;
    }

    /** The response that is made of a prepared one. */
    HttpResponse response() {
        return response;
    }

    RequestParser parser() {
        return parser;
    }

    ResponseWriter writer() {
        return writer;
    }
}
