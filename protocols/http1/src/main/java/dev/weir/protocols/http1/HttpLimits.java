package dev.weir.protocols.http1;

import dev.weir.settings.ByteSize;
import dev.weir.settings.Settings;

/**
 * What a peer may send, and how long a connection goes on.
 *
 * @param requestLine the most bytes of a request line, its end not counted; more is 414
 * @param head the most bytes of request line and header fields together, with their ends, and of a trailer section; more is 431
 * @param fields the most header or trailer fields; more is 431
 * @param pipelined the most requests that wait for their answers; no more are read meanwhile
 * @param requests the most requests of a connection, of which the last answer says {@code close}; {@link Integer#MAX_VALUE}: any
 */
record HttpLimits(int requestLine, int head, int fields, int pipelined, int requests) {
    private static final ByteSize LEAST = ByteSize.of(64);
    private static final ByteSize MOST = ByteSize.ofMiB(1);

    /** The same for a connection that is for one request. */
    HttpLimits ofOneRequest() {
        return new HttpLimits(requestLine, head, fields, pipelined, 1);
    }

    static HttpLimits from(Settings settings) {
        int line = settings.size("max-request-line", LEAST, MOST).toInt();
        int head = settings.size("max-head", LEAST, MOST).toInt();
        if (head < line) {
            settings.fault(
                    "max-head", "is less than max-request-line.", "Make it at least that, for it holds the line.");
        }
        return new HttpLimits(
                line,
                head,
                settings.integer("max-fields", 1, 10_000),
                settings.integer("max-pipelined", 1, 1024),
                settings.integerOrOff("max-requests", 1, Integer.MAX_VALUE).orElse(Integer.MAX_VALUE));
    }
}
