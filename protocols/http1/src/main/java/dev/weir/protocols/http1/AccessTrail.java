package dev.weir.protocols.http1;

import dev.weir.connection.Connection;
import dev.weir.protocols.http1.accesslog.AccessEntry;
import dev.weir.protocols.http1.accesslog.AccessQueue;
import dev.weir.time.Clock;
import java.time.InstantSource;
import java.util.ArrayDeque;

/** What the access log will tell of the requests of one connection that are not answered yet. Used on the connection's loop. */
final class AccessTrail {

    /** A request; empty texts while nothing is known of it. */
    private static final class Asked {
        private final long timeMillis;
        private final long nanos;
        private String method = "";
        private String target = "";
        private String protocol = "";
        private String referer = "";
        private String userAgent = "";

        Asked(long timeMillis, long nanos) {
            this.timeMillis = timeMillis;
            this.nanos = nanos;
        }
    }

    /** Where the trails of a loop lead. */
    record Way(AccessQueue queue, Clock clock, InstantSource instants) {}

    private final Way way;
    private final Connection connection;
    /** The oldest first, which is the one that is being answered. */
    private final ArrayDeque<Asked> unanswered = new ArrayDeque<>(2);

    private long answered;
    /** Of the answer that has begun; 0 while none has. */
    private int status;

    private long bytes;

    AccessTrail(Way way, Connection connection) {
        this.way = way;
        this.connection = connection;
    }

    /** A request has come, of which nothing is known but that. */
    void asked() {
        unanswered.add(new Asked(way.instants().millis(), way.clock().nanoTime()));
    }

    /** This is what was asked last. */
    void understood(HttpRequest request) {
        Asked asked = unanswered.getLast();
        asked.method = request.method();
        asked.target = request.target();
        asked.protocol = request.minorVersion() == 0 ? "HTTP/1.0" : "HTTP/1.1";
        asked.referer = orEmpty(request.header("Referer"));
        asked.userAgent = orEmpty(request.header("User-Agent"));
    }

    private static String orEmpty(String value) {
        return value == null ? "" : value;
    }

    /** The answer to the oldest request has begun. */
    void answering(int answersStatus) {
        status = answersStatus;
    }

    /** Bytes of its body were handed to the connection. */
    void sent(long count) {
        bytes += count;
    }

    /** It is complete. */
    void answered() {
        Asked asked = unanswered.remove();
        answered++;
        way.queue()
                .offer(new AccessEntry(
                        asked.timeMillis,
                        connection.remoteAddress(),
                        connection.server(),
                        connection.id(),
                        answered,
                        asked.method,
                        asked.target,
                        asked.protocol,
                        status,
                        bytes,
                        way.clock().nanoTime() - asked.nanos,
                        asked.referer,
                        asked.userAgent));
        status = 0;
        bytes = 0;
    }

    /** The connection is over. What was answered in part is told with what was sent of it. */
    void ended() {
        if (status != 0) {
            answered();
        }
    }
}
