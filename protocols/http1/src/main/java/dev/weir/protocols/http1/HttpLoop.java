package dev.weir.protocols.http1;

import dev.weir.connection.Connection;
import java.time.InstantSource;

/** What the connections of one loop share, since a loop has one message at a time. */
final class HttpLoop {
    private final HttpRequest request = new HttpRequest();
    private final HttpResponse response = new HttpResponse();
    private final HeadBytes head = new HeadBytes();
    private final RequestParser parser;
    private final ResponseWriter writer;
    /** Null where no access log is kept. */
    private final AccessTrail.Way accessLog;

    /** @param accessLog null where none is kept */
    HttpLoop(HttpLimits limits, InstantSource instants, AccessTrail.Way accessLog) {
        this.accessLog = accessLog;
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

    /** Where the access log of a connection leads; null where none is kept. */
    AccessTrail trail(Connection connection) {
        return accessLog == null ? null : new AccessTrail(accessLog, connection);
    }

    /** The lines that are being read. */
    HeadBytes head() {
        return head;
    }

    RequestParser parser() {
        return parser;
    }

    ResponseWriter writer() {
        return writer;
    }
}
