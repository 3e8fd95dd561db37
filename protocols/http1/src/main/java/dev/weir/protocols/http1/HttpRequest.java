package dev.weir.protocols.http1;

import dev.weir.protocol.Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One request (RFC 9112, 3), or a further part of one. Lent: it and what it gives as {@link ByteBuf} are valid until {@code onMessage}
 * returns; {@link #copy()} stays. One object serves all connections of a loop, over the bytes as they were received: what is asked for
 * as text is made anew, what is only compared costs nothing. Belongs to its loop; a copy may go to any thread.
 *
 * <p>A request is given once, when its head is there. In that call the handler may ask for the body:
 *
 * <ul>
 *   <li>{@link #awaitBody} for all of it at once: where it is not there yet, the request is given again, with its body;
 *   <li>{@link #streamBody} for its pieces as they come: further messages for which {@link #isHead()} is false.
 * </ul>
 *
 * <p>A body that nobody asks for is read and dropped; a large one ends the connection after the answer.
 */
public final class HttpRequest {
    /** The body's length is not known before its end. */
    public static final long UNKNOWN_LENGTH = -1;

    /** What {@link #header} reads: where a field's name and value begin and end. */
    private static final int INTS_PER_FIELD = 4;

    /** The codec that lends this; null for a copy. */
    private HttpCodec codec;

    private long number;
    private boolean isHead;
    private boolean isLast;
    private ByteBuf content = Unpooled.EMPTY_BUFFER;

    /** Null for a part that is not the head. */
    private byte[] bytes;

    private int methodEnd;
    private int targetStart;
    private int targetEnd;
    private int pathStart;
    private int pathEnd;
    private int minorVersion;
    private int[] places = new int[16 * INTS_PER_FIELD];
    private int fieldCount;
    private int trailersFrom = Integer.MAX_VALUE;

    private long contentLength;
    private boolean isKeepAlive;
    private boolean expectsContinue;
    private boolean asksUpgrade;
    private int hostField;
    private int authorityStart;
    private int authorityEnd;

    /** What the path's variables are, as pairs of name and text; set by a router. */
    private String[] parameters = {};

    HttpRequest() {}

    // ---- What it is.

    /** Its place among the requests of its connection, from 1. */
    public long number() {
        return number;
    }

    /** True when this has method, target and header fields; false for a further piece of the body. */
    public boolean isHead() {
        return isHead;
    }

    /** True when no further part of this request follows by itself: the body is here, or there is none, or this is its last piece. */
    public boolean isLast() {
        return isLast;
    }

    /** The method, such as {@code GET}; methods are case-sensitive. */
    public String method() {
        head();
        return Methods.text(bytes, methodEnd);
    }

    /** Whether this is the method. Costs nothing. */
    public boolean isMethod(String method) {
        head();
        return Places.equal(bytes, 0, methodEnd, method);
    }

    /** The target as it was sent: a path with its query mostly, {@code *}, or an absolute URI. */
    public String target() {
        head();
        return text(targetStart, targetEnd);
    }

    /** The target's path as it was sent, percent signs and all; {@code *} and a CONNECT's authority stand for themselves. */
    public String path() {
        head();
        return text(pathStart, pathEnd);
    }

    /** Whether this is the path, as it was sent. Costs nothing. */
    public boolean isPath(String path) {
        head();
        return Places.equal(bytes, pathStart, pathEnd, path);
    }

    /** The target's query as it was sent, without the question mark; empty when there is none. */
    public String query() {
        head();
        return pathEnd < targetEnd ? text(pathEnd + 1, targetEnd) : "";
    }

    /** The first value of a name in the query, decoded as forms are (a plus sign is a space); empty when there is none. */
    public Optional<String> queryParameter(String name) {
        return Percent.queryValue(query(), name);
    }

    /** 1 for HTTP/1.1 and what follows it, 0 for HTTP/1.0. */
    public int minorVersion() {
        head();
        return minorVersion;
    }

    /** The value of a variable of the path, such as {@code id} of {@code /rooms/{id}}, decoded. Set by the router that matched it. */
    public String parameter(String name) {
        head();
        for (int i = 0; i < parameters.length; i += 2) {
            if (parameters[i].equals(name)) {
                return parameters[i + 1];
            }
        }
        throw new IllegalArgumentException("the path that was matched has no variable {" + name + "}");
    }

    // ---- Header fields.

    /** How many header fields there are. */
    public int fieldCount() {
        head();
        return Math.min(fieldCount, trailersFrom);
    }

    /** The name of a header field, as it was sent. */
    public String fieldName(int index) {
        return place(checked(index), 0);
    }

    /** The value of a header field, without the white space around it. */
    public String fieldValue(int index) {
        return place(checked(index), 2);
    }

    /** The value of the first header field of that name, in whatever case; null when there is none. */
    public String header(String name) {
        head();
        int field = find(name, 0, fieldCount());
        return field < 0 ? null : place(field, 2);
    }

    /** The values of all header fields of that name, in order. */
    public List<String> headers(String name) {
        head();
        return values(name, 0, fieldCount());
    }

    /** Whether there is a header field of that name. Costs nothing. */
    public boolean hasHeader(String name) {
        head();
        return find(name, 0, fieldCount()) >= 0;
    }

    /** Whether a header field of that name has that value, in whatever case. Costs nothing. */
    public boolean headerIs(String name, String value) {
        head();
        for (int i = find(name, 0, fieldCount()); i >= 0; i = find(name, i + 1, fieldCount())) {
            if (Places.equalIgnoringCase(bytes, at(i, 2), at(i, 3), value)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The values of a trailer field (RFC 9110, 6.5), never mixed with the header. Known with the last piece of a body that came in chunks
     * and was asked for by {@link #streamBody}; those of a body that was awaited are dropped.
     */
    public List<String> trailers(String name) {
        return bytes == null ? List.of() : values(name, Math.min(trailersFrom, fieldCount), fieldCount);
    }

    /** The host that was asked for, with its port where one was sent: the target's, or the field Host; empty for an HTTP/1.0 request without. */
    public String host() {
        head();
        if (authorityEnd > authorityStart) {
            return text(authorityStart, authorityEnd);
        }
        return hostField < 0 ? "" : place(hostField, 2);
    }

    /** The protocols to which the client offers to change ({@code websocket}), as sent; empty when it offers none (RFC 9110, 7.8). */
    public String upgrade() {
        head();
        return asksUpgrade ? String.join(", ", headers("Upgrade")) : "";
    }

    /** Whether the connection goes on after the answer, as far as the client is concerned (RFC 9112, 9.3). */
    public boolean isKeepAlive() {
        head();
        return isKeepAlive;
    }

    /** Whether the client waits for a word before it sends the body (RFC 9110, 10.1.1). Asking for the body says it. */
    public boolean expectsContinue() {
        head();
        return expectsContinue;
    }

    // ---- The body.

    /** Bytes of the body as the head says: 0 without a body, {@link #UNKNOWN_LENGTH} when it comes in chunks. */
    public long contentLength() {
        head();
        return contentLength;
    }

    /** The body, where all of it is there; else the piece that came. Lent, like everything here. Empty where there is none. */
    public ByteBuf content() {
        return content;
    }

    /** As {@link #content}, as UTF-8 text. */
    public String contentText() {
        return content.toString(StandardCharsets.UTF_8);
    }

    /**
     * Asks for the body as a whole. To be called while the head is handled. A client that waits for a word is told to go on.
     *
     * @param limit the most bytes; a longer body is answered with 413, and the connection ends
     * @param session the connection's
     * @return true when {@link #content} is the whole body now; false when this request is given again once it is, or was refused: the
     *     handler is to return
     */
    public boolean awaitBody(long limit, Session<HttpResponse> session) {
        return isLast || lender().awaitBody(limit, session);
    }

    /**
     * Asks for the body in pieces, as they come. To be called while the head is handled. A client that waits for a word is told to go
     * on. Each piece is a further message; {@code session.pauseReading()} holds the client back. A request without a body has no
     * pieces: {@link #isLast()} is true at once.
     *
     * @param session the connection's
     */
    public void streamBody(Session<HttpResponse> session) {
        if (!isLast) {
            lender().streamBody(session);
        }
    }

    // ---- Answering and keeping.

    /**
     * A response for this request out of a prepared one. Without an allocation, and so lent like the request itself: to be sent within
     * this call. That of a copy is a new one.
     */
    public HttpResponse respond(PreparedResponse prepared) {
        HttpResponse response = codec == null ? new HttpResponse() : codec.lentResponse();
        return response.become(prepared).answering(number);
    }

    /** The same request, head and content, on the heap, for as long as one likes. Nothing of it needs to be released. */
    public HttpRequest copy() {
        HttpRequest copy = new HttpRequest();
        copy.number = number;
        copy.isHead = isHead;
        copy.isLast = isLast;
        copy.content = content.isReadable() ? Unpooled.copiedBuffer(content) : Unpooled.EMPTY_BUFFER;
        if (bytes != null) {
            copy.bytes = Arrays.copyOf(bytes, end());
            copy.methodEnd = methodEnd;
            copy.targetStart = targetStart;
            copy.targetEnd = targetEnd;
            copy.pathStart = pathStart;
            copy.pathEnd = pathEnd;
            copy.minorVersion = minorVersion;
            copy.places = Arrays.copyOf(places, fieldCount * INTS_PER_FIELD);
            copy.fieldCount = fieldCount;
            copy.trailersFrom = trailersFrom;
            copy.contentLength = contentLength;
            copy.isKeepAlive = isKeepAlive;
            copy.expectsContinue = expectsContinue;
            copy.asksUpgrade = asksUpgrade;
            copy.hostField = hostField;
            copy.authorityStart = authorityStart;
            copy.authorityEnd = authorityEnd;
            copy.parameters = parameters.clone();
        }
        return copy;
    }

    /** Method and target, or the size of the piece. */
    @Override
    public String toString() {
        return bytes == null || !isHead
                ? "request " + number + ", " + content.readableBytes() + " bytes of its body"
                : "request " + number + ", " + method() + " " + target();
    }

    // ---- For the codec and its parser.

    /** Begins a head, or trailers, from the first of these bytes on. */
    void begin(byte[] in) {
        bytes = in;
        isHead = true;
        methodEnd = 0;
        targetStart = 0;
        targetEnd = 0;
        pathStart = 0;
        pathEnd = 0;
        fieldCount = 0;
        trailersFrom = Integer.MAX_VALUE;
        contentLength = 0;
        expectsContinue = false;
        asksUpgrade = false;
        hostField = -1;
        authorityStart = 0;
        authorityEnd = 0;
        content = Unpooled.EMPTY_BUFFER;
        parameters = Places.NO_PARAMETERS;
    }

    /** This is a request's head, and all of it if it has no body. */
    HttpRequest lendHead(HttpCodec lender, long requestNumber) {
        codec = lender;
        number = requestNumber;
        isHead = true;
        isLast = contentLength == 0;
        return this;
    }

    /** The whole body, with its head. */
    HttpRequest lendWhole(HttpCodec lender, long requestNumber, ByteBuf body) {
        lendHead(lender, requestNumber);
        whole(body);
        return this;
    }

    /** All of the body is here. */
    void whole(ByteBuf body) {
        content = body;
        isLast = true;
    }

    /** A piece of a body. Trailers, if any, have been added after {@link #begin}. */
    HttpRequest lendPiece(HttpCodec lender, long requestNumber, ByteBuf piece, boolean last) {
        codec = lender;
        number = requestNumber;
        isHead = false;
        isLast = last;
        content = piece;
        if (!last) {
            bytes = null;
        }
        return this;
    }

    /** The call is over for which this was lent. */
    void forget() {
        codec = null;
        bytes = null;
        isHead = false;
        content = Unpooled.EMPTY_BUFFER;
        parameters = Places.NO_PARAMETERS;
    }

    /** Nothing of the head is here. */
    void noHead() {
        bytes = null;
        fieldCount = 0;
        trailersFrom = Integer.MAX_VALUE;
    }

    /** What is added from now on is a trailer. */
    void trailersFollow() {
        trailersFrom = fieldCount;
    }

    /** Where the parts of the request line are. */
    void requestLine(int methodsEnd, int targetsStart, int targetsEnd, int minor) {
        methodEnd = methodsEnd;
        targetStart = targetsStart;
        targetEnd = targetsEnd;
        minorVersion = minor;
    }

    void path(int start, int end) {
        pathStart = start;
        pathEnd = end;
    }

    void authority(int start, int end) {
        authorityStart = start;
        authorityEnd = end;
    }

    void field(int nameStart, int nameEnd, int valueStart, int valueEnd) {
        int at = fieldCount * INTS_PER_FIELD;
        if (at == places.length) {
            places = Arrays.copyOf(places, places.length * 2);
        }
        places[at] = nameStart;
        places[at + 1] = nameEnd;
        places[at + 2] = valueStart;
        places[at + 3] = valueEnd;
        fieldCount++;
    }

    boolean offersUpgrade() {
        return asksUpgrade;
    }

    int fields() {
        return fieldCount;
    }

    void host(int field) {
        hostField = field;
    }

    void framing(long length, boolean keepAlive, boolean expects, boolean upgrade) {
        contentLength = length;
        isKeepAlive = keepAlive;
        expectsContinue = expects;
        asksUpgrade = upgrade;
    }

    /** Sets the path's variables, as pairs of name and text. */
    void parameters(String... pairs) {
        parameters = pairs;
    }

    byte[] bytes() {
        return bytes;
    }

    int pathStart() {
        return pathStart;
    }

    int pathEnd() {
        return pathEnd;
    }

    private int end() {
        int end = targetEnd;
        for (int i = 0; i < fieldCount; i++) {
            end = Math.max(end, places[i * INTS_PER_FIELD + 3]);
        }
        return end;
    }

    private void head() {
        if (bytes == null || !isHead) {
            throw new IllegalStateException(
                    "the head is lent while the request's first part is handled; keep what is needed of it, or a copy()");
        }
    }

    HttpCodec lender() {
        if (codec == null) {
            throw new IllegalStateException("this is a copy; ask the request itself, while it is handled");
        }
        return codec;
    }

    private int checked(int index) {
        if (index < 0 || index >= fieldCount()) {
            throw new IndexOutOfBoundsException("header field " + index + " of " + fieldCount());
        }
        return index;
    }

    private int at(int field, int which) {
        return places[field * INTS_PER_FIELD + which];
    }

    private String place(int field, int which) {
        int start = at(field, which);
        return Places.text(bytes, start, at(field, which + 1));
    }

    private String text(int start, int end) {
        return Places.text(bytes, start, end);
    }

    private int find(String name, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Places.equalIgnoringCase(bytes, at(i, 0), at(i, 1), name)) {
                return i;
            }
        }
        return -1;
    }

    private List<String> values(String name, int from, int to) {
        List<String> values = new ArrayList<>(2);
        for (int i = find(name, from, to); i >= 0; i = find(name, i + 1, to)) {
            values.add(place(i, 2));
        }
        return values;
    }
}
