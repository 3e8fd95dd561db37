package dev.weir.protocols.framing;

import dev.weir.codec.ProtocolViolation;
import io.netty.buffer.ByteBuf;

/**
 * Finds lines in a connection's input. Remembers how far it has looked, so that a line which comes in many pieces is looked through
 * once.
 */
final class LineReader {
    /** There is no whole line yet. */
    static final int NONE = -1;

    private final LineSettings settings;
    /** Bytes from the reader index on that are known to hold no line feed. */
    private int searched;

    private int endingLength;

    LineReader(LineSettings settings) {
        this.settings = settings;
    }

    /** The length of the next line without its ending, or {@link #NONE}. Moves no index. */
    int next(ByteBuf in) throws ProtocolViolation {
        int start = in.readerIndex();
        int most = Math.min(in.readableBytes(), settings.maxLength() + 2);
        int lineFeed = in.indexOf(start + searched, start + most, (byte) '\n');
        if (lineFeed < 0) {
            searched = most;
            if (most > settings.maxLength() && !mayStillEnd(in, start, most)) {
                throw tooLong();
            }
            return NONE;
        }
        searched = 0;
        int length = lineFeed - start;
        endingLength = 1;
        if (length > 0 && in.getByte(lineFeed - 1) == '\r') {
            length--;
            endingLength = 2;
        }
        if (length > settings.maxLength()) {
            throw tooLong();
        }
        return length;
    }

    /** As {@link #next} at the end of input: what is left may be a line without an ending. */
    int last(ByteBuf in) throws ProtocolViolation {
        int length = next(in);
        if (length != NONE || !in.isReadable()) {
            return length;
        }
        if (settings.lastLine() == LineSettings.LastLine.REFUSE) {
            throw new ProtocolViolation("input ended inside a line, after " + in.readableBytes()
                    + " bytes without a line ending (last-line = refuse)");
        }
        if (in.readableBytes() > settings.maxLength()) {
            throw tooLong();
        }
        searched = 0;
        endingLength = 0;
        return in.readableBytes();
    }

    /** The length of the ending of the line that was found last. */
    int endingLength() {
        return endingLength;
    }

    /** A line at its limit may have got the first half of its ending. */
    private boolean mayStillEnd(ByteBuf in, int start, int length) {
        return length == settings.maxLength() + 1 && in.getByte(start + settings.maxLength()) == '\r';
    }

    private ProtocolViolation tooLong() {
        return new ProtocolViolation("line of " + (settings.maxLength() + 1L) + " bytes or more, limit "
                + settings.maxLength() + " (max-length)");
    }
}
