package dev.weir.protocols.http1;

import dev.weir.codec.ProtocolViolation;
import io.netty.buffer.ByteBuf;

/**
 * Finds the empty line that ends a section of lines: a head or the trailers. Remembers how far it has looked, so that a section that
 * comes in many pieces is looked through once. Lines end with CR LF and with nothing less (RFC 9112, 2.2 allows a lone LF; taking it
 * is how readers come to differ).
 */
final class HeadScanner {
    static final int NOT_YET = -1;

    private final HttpLimits limits;
    /** Bytes from the section's first on that are known to hold no further line feed. */
    private int searched;
    /** Where the line begins that is being looked through. */
    private int line;

    HeadScanner(HttpLimits limits) {
        this.limits = limits;
    }

    /** True while nothing of a section has been looked at. */
    boolean isFresh() {
        return searched == 0;
    }

    /**
     * The length of the head at the reader index, its empty line included; {@link #NOT_YET} when that has not come. Moves no index.
     *
     * @param bytes where the head is then
     */
    int head(ByteBuf in, HeadBytes bytes) throws ProtocolViolation {
        return section(in, bytes, true);
    }

    /** As {@link #head}, of a trailer section, which may be an empty line alone. */
    int trailers(ByteBuf in, HeadBytes bytes) throws ProtocolViolation {
        return section(in, bytes, false);
    }

    private int section(ByteBuf in, HeadBytes bytes, boolean isHead) throws ProtocolViolation {
        bytes.clear();
        while (bytes.more(in, limits.head())) {
            int length = look(bytes.array(), bytes.length(), isHead);
            if (length != NOT_YET) {
                reset();
                return length;
            }
            refuseTooLong(isHead && line == 0, bytes.length());
        }
        return NOT_YET;
    }

    private int look(byte[] bytes, int length, boolean isHead) throws ProtocolViolation {
        while (true) {
            int end = isHead && line == 0 ? Math.min(length, limits.requestLine() + 2) : length;
            int lineFeed = searched < end ? Places.indexOf(bytes, searched, end, (byte) '\n') : -1;
            if (lineFeed < 0) {
                searched = Math.max(searched, end);
                return NOT_YET;
            }
            if (lineFeed == 0 || bytes[lineFeed - 1] != '\r') {
                throw Refusal.badRequest("A line ends with LF alone; every line ends with CR LF (RFC 9112, 2.2).");
            }
            boolean isEmpty = lineFeed + 1 - line == 2;
            line = lineFeed + 1;
            searched = line;
            if (isEmpty) {
                return line;
            }
        }
    }

    private void refuseTooLong(boolean isRequestLine, int readable) throws ProtocolViolation {
        if (isRequestLine && readable > Math.min(limits.requestLine() + 1, limits.head() - 1)) {
            throw Refusal.of(
                    414,
                    "The request line is longer than " + limits.requestLine()
                            + " bytes (codec.max-request-line; RFC 9112, 3).");
        }
        if (readable >= limits.head()) {
            throw Refusal.of(
                    431,
                    "The header fields are longer than " + limits.head() + " bytes (codec.max-head; RFC 6585, 5).");
        }
    }

    void reset() {
        searched = 0;
        line = 0;
    }
}
