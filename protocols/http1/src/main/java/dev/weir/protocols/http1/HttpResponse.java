package dev.weir.protocols.http1;

import dev.weir.transport.FileRegion;
import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCounted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One response (RFC 9112, 4), or a part of one. Made by one thread, for one request, and sent once; what is the same for many requests is
 * a {@link PreparedResponse}. {@code session.send} takes it, with the buffers and
 * files that it holds. The codec adds {@code Date}, {@code Content-Length} or {@code Transfer-Encoding}, and {@code Connection}, and
 * leaves out a body that the request's method or the status forbids.
 *
 * <p>A response answers one request: {@link #answering}. It may be left out while exactly one request of the connection is unanswered.
 * Those that are sent out of order wait in the codec for their turn.
 *
 * <p>A body of which not all is known at once comes in parts: the response with {@link #stream()}, then any number of {@link #piece},
 * then {@link #end()}, all answering the same request.
 */
public final class HttpResponse implements ReferenceCounted {
    private static final Logger LOG = LoggerFactory.getLogger(HttpResponse.class);

    /** What it is of a response. */
    enum Kind {
        /** All of it. */
        FULL,
        /** Its head; a body of unknown length follows in pieces. */
        STREAM,
        /** Bytes of a body. */
        PIECE,
        /** The end of a body. */
        END,
        /** A word before the response (1xx). */
        INTERIM
    }

    /** These say how the message is framed, which the codec knows best; the date it writes too. */
    private static final Set<String> OF_THE_CODEC =
            Set.of("content-length", "transfer-encoding", "connection", "keep-alive", "upgrade", "date", "trailer");

    private static final int FIRST_ROOM = 128;

    private Kind kind = Kind.FULL;
    private int status;
    private long request;
    private byte[] fields;
    private int fieldsLength;
    /** Null, a byte array that is nobody's to change, a buffer or file region that is owned, or a list of the latter two. */
    private Object body;

    private long length;
    private boolean isClosing;
    private boolean isReleased;
    /** What it was made of; null when it is no prepared one. */
    private PreparedResponse prepared;

    HttpResponse() {}

    // ---- Making one.

    /**
     * A response without a body.
     *
     * @param status 200 to 999; 101 is {@link #upgrade}
     */
    public static HttpResponse of(int status) {
        HttpResponse response = new HttpResponse();
        response.status = HttpStatus.check(status);
        if (status < 200) {
            throw new IllegalArgumentException(status + " is no final status; see interim and upgrade");
        }
        return response;
    }

    /** 200 with UTF-8 text. */
    public static HttpResponse text(String text) {
        return text(200, text);
    }

    /** A status with UTF-8 text. */
    public static HttpResponse text(int status, String text) {
        return of(status).body("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** 200 with an HTML page. */
    public static HttpResponse html(String page) {
        return of(200).body("text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    }

    /** 200 with JSON. */
    public static HttpResponse json(String json) {
        return of(200).body("application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A word before the response, such as 103; the response follows.
     *
     * @param status 100 to 199, not 101
     */
    public static HttpResponse interim(int status) {
        if (status < 100 || status > 199 || status == 101) {
            throw new IllegalArgumentException(status + " is not a status before a response (RFC 9110, 15.2)");
        }
        HttpResponse response = new HttpResponse();
        response.kind = Kind.INTERIM;
        response.status = status;
        return response;
    }

    /**
     * 101: the connection goes on with another protocol (RFC 9110, 7.8). To be followed by {@code session.switchTo} in the same call.
     *
     * @param protocol one of those that {@link HttpRequest#upgrade} named
     */
    public static HttpResponse upgrade(String protocol) {
        HttpResponse response = new HttpResponse();
        response.status = 101;
        response.line("Connection", "upgrade");
        response.line("Upgrade", checked("Upgrade", protocol));
        return response;
    }

    /** Bytes of a body that was begun with {@link #stream()}. Takes the buffer. */
    public static HttpResponse piece(ByteBuf bytes) {
        HttpResponse response = new HttpResponse();
        response.kind = Kind.PIECE;
        response.body = bytes;
        response.length = bytes.readableBytes();
        return response;
    }

    /** The end of a body that was begun with {@link #stream()}. */
    public static HttpResponse end() {
        HttpResponse response = new HttpResponse();
        response.kind = Kind.END;
        return response;
    }

    // ---- Saying more.

    /** Which request this answers, by {@link HttpRequest#number}. */
    public HttpResponse answering(long number) {
        request = number;
        return this;
    }

    /**
     * Adds a header field.
     *
     * @throws IllegalArgumentException when the name is no token, the value holds a line end, or the field is one that the codec writes
     */
    public HttpResponse header(String name, String value) {
        if (OF_THE_CODEC.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "the field " + name + " is written by the codec; see body, stream, close and upgrade");
        }
        line(name, checked(name, value));
        return this;
    }

    /** Takes bytes for the body; they are not copied, and must not be changed any more. Their type is said by a header field. */
    public HttpResponse body(byte[] bytes) {
        return body(bytes, bytes.length);
    }

    /** Takes bytes for the body, and says their type. */
    public HttpResponse body(String contentType, byte[] bytes) {
        return header("Content-Type", contentType).body(bytes);
    }

    /** Takes a buffer for the body. */
    public HttpResponse body(ByteBuf bytes) {
        return body(bytes, bytes.readableBytes());
    }

    /** Takes a part of a file for the body. */
    public HttpResponse body(FileRegion region) {
        return body(region, region.remaining());
    }

    /** Takes several buffers and file regions, in order, for the body. */
    public HttpResponse body(List<?> pieces) {
        long total = 0;
        for (Object piece : pieces) {
            total += switch (piece) {
                case ByteBuf bytes -> bytes.readableBytes();
                case FileRegion region -> region.remaining();
                default ->
                    throw new IllegalArgumentException("a body is made of buffers and file regions, not of " + piece);
            };
        }
        return body(new ArrayList<>(pieces), total);
    }

    private HttpResponse body(Object bytes, long count) {
        if (kind != Kind.FULL) {
            free(bytes);
            throw new IllegalStateException("a body is given whole or in pieces after stream(), not both");
        }
        free(body);
        body = bytes;
        length = count;
        return this;
    }

    /**
     * For a response to HEAD, or a 304: says how long the body would be, which is not sent (RFC 9110, 8.6). For any other it is an
     * error to have no body of that length.
     */
    public HttpResponse withoutBody(long contentLength) {
        if (contentLength < 0) {
            throw new IllegalArgumentException("a body has no " + contentLength + " bytes");
        }
        return body(null, contentLength);
    }

    /** The body follows in pieces: in chunks, or to an HTTP/1.0 client until the connection ends. */
    public HttpResponse stream() {
        return follow(HttpRequest.UNKNOWN_LENGTH);
    }

    /** The body follows in pieces that make so many bytes. */
    public HttpResponse stream(long contentLength) {
        if (contentLength < 0) {
            throw new IllegalArgumentException("a body has no " + contentLength + " bytes");
        }
        return follow(contentLength);
    }

    private HttpResponse follow(long contentLength) {
        if (kind != Kind.FULL || body != null) {
            throw new IllegalStateException("a body is given whole or in pieces after stream(), not both");
        }
        kind = Kind.STREAM;
        length = contentLength;
        return this;
    }

    /** The connection ends after this response. */
    public HttpResponse close() {
        isClosing = true;
        return this;
    }

    // ---- For the codec.

    Kind kind() {
        return kind;
    }

    /** The status. */
    public int status() {
        return status;
    }

    long request() {
        return request;
    }

    byte[] fields() {
        return fields;
    }

    int fieldsLength() {
        return fieldsLength;
    }

    Object content() {
        return body;
    }

    /** The prepared response that this is, unless something was added to it; null when it is none. */
    PreparedResponse prepared() {
        return prepared != null && fields == prepared.fields() && body == prepared.body() ? prepared : null;
    }

    /** Bytes of the body or piece; {@link HttpRequest#UNKNOWN_LENGTH} for a stream of unknown length. */
    long length() {
        return length;
    }

    boolean isClosing() {
        return isClosing;
    }

    boolean isUpgrade() {
        return status == 101;
    }

    /** The body is someone else's now: nothing is released here any more. */
    Object takeContent() {
        Object taken = body;
        body = null;
        isReleased = true;
        return taken;
    }

    /** Makes this the response that was prepared. */
    HttpResponse become(PreparedResponse same) {
        prepared = same;
        kind = Kind.FULL;
        status = same.status();
        fields = same.fields();
        fieldsLength = fields.length;
        body = same.body();
        length = same.body().length;
        isClosing = false;
        isReleased = false;
        return this;
    }

    /** Whether the body still has the length that it had when it was given. */
    boolean isLengthTrue() {
        if (body instanceof ByteBuf bytes) {
            return bytes.readableBytes() == length;
        }
        return !(body instanceof FileRegion region) || region.remaining() == length;
    }

    /** Bytes of memory that the body takes. */
    long contentBytes() {
        return body == null || body instanceof FileRegion ? 0 : length;
    }

    /** As it is now, for later, with a copy of what may be lent: this one may become another, and its buffers another request's. */
    HttpResponse own() {
        HttpResponse own = new HttpResponse();
        own.kind = kind;
        own.status = status;
        own.request = request;
        own.fields = fields;
        own.fieldsLength = fieldsLength;
        own.length = length;
        own.isClosing = isClosing;
        own.body = owned(takeContent());
        return own;
    }

    private static Object owned(Object content) {
        return switch (content) {
            case ByteBuf bytes -> {
                try {
                    yield bytes.copy();
                } finally {
                    bytes.release();
                }
            }
            case List<?> pieces -> pieces.stream().map(HttpResponse::owned).toList();
            case null -> null;
            default -> content;
        };
    }

    private void line(String name, String value) {
        if (name.isEmpty() || !name.chars().allMatch(c -> Characters.isToken((char) c))) {
            throw new IllegalArgumentException("\"" + name + "\" is no name of a field (RFC 9110, 5.1)");
        }
        int more = name.length() + value.length() + 4;
        if (fields == null) {
            fields = new byte[Math.max(FIRST_ROOM, more)];
        } else if (fieldsLength + more > fields.length) {
            fields = Arrays.copyOf(fields, Math.max(fields.length * 2, fieldsLength + more));
        }
        put(name);
        put(": ");
        put(value);
        put("\r\n");
    }

    private void put(String text) {
        for (int i = 0; i < text.length(); i++) {
            fields[fieldsLength++] = (byte) text.charAt(i);
        }
    }

    /** Refuses what would end the line, and so split the response. */
    private static String checked(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c > 0xFF || !Characters.isField((byte) c)) {
                throw new IllegalArgumentException("the value of " + name
                        + " has a character that no field may hold, at " + i + " (RFC 9110, 5.5): " + (int) c);
            }
        }
        return value;
    }

    // ---- Reference counting: the engine releases what it cannot send.

    @Override
    public int refCnt() {
        return isReleased ? 0 : 1;
    }

    /** Not counted: a response has one owner. */
    @Override
    public HttpResponse retain() {
        throw new UnsupportedOperationException("a response is sent once");
    }

    @Override
    public HttpResponse retain(int increment) {
        return retain();
    }

    @Override
    public HttpResponse touch() {
        return this;
    }

    @Override
    public HttpResponse touch(Object hint) {
        return this;
    }

    /** Gives back the buffers and files it holds. */
    @Override
    public boolean release() {
        if (isReleased) {
            return false;
        }
        Object content = takeContent();
        if (content != null && !(content instanceof byte[])) {
            free(content);
        }
        return true;
    }

    @Override
    public boolean release(int decrement) {
        return release();
    }

    static void free(Object content) {
        switch (content) {
            case ByteBuf bytes -> bytes.release();
            case FileRegion region -> {
                try {
                    region.close();
                } catch (IOException e) {
                    LOG.warn("closing a file that was not sent failed: {}", e.toString());
                }
            }
            case List<?> pieces -> pieces.forEach(HttpResponse::free);
            case null, default -> {
                // A byte array, or nothing.
            }
        }
    }

    @Override
    public String toString() {
        return kind + " " + status + ", " + length + " bytes" + (request == 0 ? "" : ", for request " + request);
    }
}
