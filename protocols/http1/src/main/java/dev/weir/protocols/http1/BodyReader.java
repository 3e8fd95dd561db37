package dev.weir.protocols.http1;

import dev.weir.codec.ProtocolViolation;
import io.netty.buffer.ByteBuf;

/**
 * Where the bytes of a body are (RFC 9112, 6.2 and 7.1): so many, or in chunks. It finds runs of them in the input; what becomes of
 * them is the codec's matter. One per connection that has had a body, used for one body after the other.
 */
final class BodyReader {
    /** Bytes of a line that says a chunk's size, extensions included; nobody needs more, and nobody reads them. */
    static final int LONGEST_CHUNK_LINE = 256;

    /** Hexadecimal digits of a chunk's size: 2^60 is out of reach. */
    private static final int MOST_DIGITS = 15;

    /** How many bytes of chunk lines a body may spend over those of its content: chunks of a byte, each with an extension, cost a server much for little. */
    private static final long MOST_OVERHEAD = 16 * 1024;

    private static final int LEAST_CHUNK_LINE = 16;

    private enum Place {
        /** In a body of known length, or in a chunk. */
        BYTES,
        /** At a chunk's size. */
        SIZE,
        /** At the line end behind a chunk's bytes. */
        CHUNK_END,
        /** In the trailer section. */
        TRAILERS,
        /** Behind it all. */
        DONE
    }

    private final HeadScanner scanner;
    private Place place = Place.DONE;
    private boolean isChunked;
    private long left;
    private long overhead;

    BodyReader(HttpLimits limits) {
        this.scanner = new HeadScanner(limits);
    }

    /** Begins a body of so many bytes, or of {@link HttpRequest#UNKNOWN_LENGTH} when it comes in chunks. */
    void begin(long length) {
        isChunked = length == HttpRequest.UNKNOWN_LENGTH;
        place = isChunked ? Place.SIZE : Place.BYTES;
        left = isChunked ? 0 : length;
        overhead = 0;
    }

    /** True when the whole body, its trailers included, has been taken. */
    boolean isDone() {
        return place == Place.DONE;
    }

    /** Bytes of a body of known length that have not been taken; {@link HttpRequest#UNKNOWN_LENGTH} for one in chunks. */
    long left() {
        return isChunked ? HttpRequest.UNKNOWN_LENGTH : left;
    }

    /**
     * Moves the reader index to the next bytes of the body and says how many lie there; 0 when there are none, either because more must
     * come or because the body has ended, which {@link #isAtTrailers} and {@link #isDone} tell.
     */
    int next(ByteBuf in) throws ProtocolViolation {
        while (true) {
            switch (place) {
                case BYTES -> {
                    return (int) Math.min(left, in.readableBytes());
                }
                case SIZE -> {
                    if (!size(in)) {
                        return 0;
                    }
                }
                case CHUNK_END -> {
                    if (!chunkEnd(in)) {
                        return 0;
                    }
                }
                default -> {
                    return 0;
                }
            }
        }
    }

    /** So many bytes of those have been taken, and the reader index moved past them. */
    void took(int count) {
        left -= count;
        if (left == 0) {
            place = isChunked ? Place.CHUNK_END : Place.DONE;
        }
    }

    /** True behind the last chunk. */
    boolean isAtTrailers() {
        return place == Place.TRAILERS;
    }

    /** The length of the trailer section at the reader index, its empty line included; {@link HeadScanner#NOT_YET} before it has come. */
    int trailers(ByteBuf in, HeadBytes bytes) throws ProtocolViolation {
        return scanner.trailers(in, bytes);
    }

    /** The trailer section has been taken. */
    void tookTrailers() {
        place = Place.DONE;
    }

    /** chunk-size [ chunk-ext ] CRLF */
    private boolean size(ByteBuf in) throws ProtocolViolation {
        int start = in.readerIndex();
        int most = Math.min(in.readableBytes(), LONGEST_CHUNK_LINE);
        int lineFeed = in.indexOf(start, start + most, (byte) '\n');
        if (lineFeed < 0) {
            if (in.readableBytes() >= LONGEST_CHUNK_LINE) {
                throw Refusal.badRequest("The line of a chunk's size is longer than " + LONGEST_CHUNK_LINE
                        + " bytes (RFC 9112, 7.1.1).");
            }
            return false;
        }
        int end = lineFeed - 1;
        if (end < start || in.getByte(end) != '\r') {
            throw Refusal.badRequest("The line of a chunk's size does not end with CR LF (RFC 9112, 7.1).");
        }
        long size = 0;
        int at = start;
        for (; at < end && Characters.hex(in.getByte(at)) >= 0; at++) {
            if (at - start == MOST_DIGITS) {
                throw Refusal.badRequest("A chunk's size has more than " + MOST_DIGITS + " digits (RFC 9112, 7.1).");
            }
            size = size * 16 + Characters.hex(in.getByte(at));
        }
        if (at == start) {
            throw Refusal.badRequest("A chunk does not begin with its size in hexadecimal digits (RFC 9112, 7.1).");
        }
        extensions(in, at, end);
        spend(lineFeed + 1 - start, size);
        in.readerIndex(lineFeed + 1);
        left = size;
        place = size == 0 ? Place.TRAILERS : Place.BYTES;
        return true;
    }

    private void spend(int line, long size) throws ProtocolViolation {
        if (line > LEAST_CHUNK_LINE) {
            overhead += line;
        }
        overhead = Math.max(0, overhead - size);
        if (overhead > MOST_OVERHEAD) {
            throw Refusal.badRequest("The extensions of the chunks are longer than their content (RFC 9112, 7.1.1).");
        }
    }

    /** *( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ] ), which are understood by nobody and ignored. */
    private static void extensions(ByteBuf in, int from, int end) throws ProtocolViolation {
        int at = from;
        while (at < end) {
            at = blanks(in, at, end);
            if (at == end || in.getByte(at) != ';') {
                throw badExtension();
            }
            at = token(in, blanks(in, at + 1, end), end);
            int equals = blanks(in, at, end);
            if (equals < end && in.getByte(equals) == '=') {
                at = blanks(in, equals + 1, end);
                at = at < end && in.getByte(at) == '"' ? quoted(in, at + 1, end) : token(in, at, end);
            }
        }
    }

    private static int blanks(ByteBuf in, int from, int end) {
        int at = from;
        while (at < end && (in.getByte(at) == ' ' || in.getByte(at) == '\t')) {
            at++;
        }
        return at;
    }

    private static int token(ByteBuf in, int from, int end) throws ProtocolViolation {
        int at = from;
        while (at < end && Characters.isToken(in.getByte(at))) {
            at++;
        }
        if (at == from) {
            throw badExtension();
        }
        return at;
    }

    /**
     * RFC 9110, 5.6.4.
     *
     * @return behind the closing quote
     */
    private static int quoted(ByteBuf in, int from, int end) throws ProtocolViolation {
        for (int at = from; at < end; at++) {
            byte c = in.getByte(at);
            if (c == '"') {
                return at + 1;
            }
            if (c == '\\') {
                at++;
            }
            if (at == end || !Characters.isField(in.getByte(at))) {
                break;
            }
        }
        throw badExtension();
    }

    private static ProtocolViolation badExtension() {
        return Refusal.badRequest("What follows a chunk's size is no extension (RFC 9112, 7.1.1).");
    }

    private boolean chunkEnd(ByteBuf in) throws ProtocolViolation {
        int readable = in.readableBytes();
        int at = in.readerIndex();
        if ((readable > 0 && in.getByte(at) != '\r') || (readable > 1 && in.getByte(at + 1) != '\n')) {
            throw Refusal.badRequest("A chunk is longer than its size says: no CR LF follows it (RFC 9112, 7.1).");
        }
        if (readable < 2) {
            return false;
        }
        in.skipBytes(2);
        place = Place.SIZE;
        return true;
    }
}
