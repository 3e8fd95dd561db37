package dev.weir.protocols.http1;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A response whose header fields are written already and whose body never changes: it can be given to any number of requests, on any
 * loop, by {@link HttpRequest#respond}. Immutable.
 */
public final class PreparedResponse {
    private final int status;
    private final byte[] fields;
    private final byte[] body;
    /** Status line, fields and length. */
    private final byte[] head;

    private PreparedResponse(int status, byte[] fields, byte[] body) {
        this.status = status;
        this.fields = fields;
        this.body = body;
        byte[] line = HttpStatus.line(status);
        byte[] length = ("Content-Length: " + body.length + "\r\n").getBytes(StandardCharsets.US_ASCII);
        this.head = ByteBuffer.allocate(line.length + fields.length + length.length)
                .put(line)
                .put(fields)
                .put(length)
                .array();
    }

    /**
     * Prepares a response.
     *
     * @param response a whole one with a byte array, or nothing, as its body
     */
    public static PreparedResponse of(HttpResponse response) {
        byte[] body = switch (response.content()) {
            case byte[] bytes -> bytes;
            case null -> new byte[0];
            default -> throw new IllegalArgumentException("only a byte array can be sent again and again");
        };
        if (response.kind() != HttpResponse.Kind.FULL || response.isClosing() || response.isUpgrade()) {
            throw new IllegalArgumentException("only a whole response that leaves the connection open can be prepared");
        }
        byte[] fields =
                response.fields() == null ? new byte[0] : Arrays.copyOf(response.fields(), response.fieldsLength());
        return new PreparedResponse(response.status(), fields, body);
    }

    int status() {
        return status;
    }

    byte[] fields() {
        return fields;
    }

    byte[] body() {
        return body;
    }

    /** The head up to its date, as it stands before a body of known length. Not to be changed. */
    byte[] head() {
        return head;
    }
}
