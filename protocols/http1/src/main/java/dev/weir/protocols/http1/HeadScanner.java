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
     */
    int head(ByteBuf in) throws ProtocolViolation {
        return section(in, true);
    }

    /** As {@link #head}, of a trailer section, which may be an empty line alone. */
    int trailers(ByteBuf in) throws ProtocolViolation {
        return section(in, false);
    }

    private int section(ByteBuf in, boolean isHead) throws ProtocolViolation {
        int start = in.readerIndex();
        int end = start + Math.min(in.readableBytes(), limits.head());
        while (true) {
            boolean isRequestLine = isHead && line == 0;
            int lineLimit = isRequestLine ? Math.min(end, start + limits.requestLine() + 2) : end;
            int lineFeed = in.indexOf(start + searched, lineLimit, (byte) '\n');
            if (lineFeed < 0) {
                searched = lineLimit - start;
                refuseTooLong(isRequestLine, in.readableBytes());
                return NOT_YET;
            }
            if (lineFeed == start || in.getByte(lineFeed - 1) != '\r') {
                throw Refusal.badRequest("A line ends with LF alone; every line ends with CR LF (RFC 9112, 2.2).");
            }
            int next = lineFeed + 1 - start;
            boolean isEmpty = next - line == 2;
            line = next;
            searched = next;
            if (isEmpty) {
                reset();
                return next;
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
