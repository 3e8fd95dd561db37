package dev.weir.protocols.framing;

import dev.weir.codec.Output;
import io.netty.buffer.ByteBuf;

/** Puts a line on the wire with its ending. */
final class LineWriter {
    private final LineSettings settings;

    LineWriter(LineSettings settings) {
        this.settings = settings;
    }

    /**
     * Writes a line and takes it.
     *
     * @throws IllegalArgumentException when there is a line feed in it, other than a kept ending
     */
    void write(ByteBuf line, Output out) {
        LineEnding ending;
        try {
            ending = endingFor(line);
        } catch (IllegalArgumentException e) {
            line.release();
            throw e;
        }
        out.write(line);
        if (ending != null) {
            ending.write(out);
        }
    }

    /** What is missing behind a line; null when it has its ending. */
    private LineEnding endingFor(ByteBuf line) {
        int start = line.readerIndex();
        int end = line.writerIndex();
        int lineFeed = line.indexOf(start, end, (byte) '\n');
        if (lineFeed >= 0) {
            if (settings.keepsEnding() && lineFeed == end - 1) {
                return null;
            }
            throw new IllegalArgumentException(
                    "a line of " + (end - start) + " bytes with a line ending inside, at byte " + (lineFeed - start)
                            + "; send it as several messages");
        }
        // Behind a carriage return, a line feed alone would turn it into a part of the ending.
        boolean endsInReturn = end > start && line.getByte(end - 1) == '\r';
        return endsInReturn ? LineEnding.CRLF : settings.ending();
    }
}
