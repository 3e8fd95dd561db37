package dev.weir.protocols.framing;

import dev.weir.codec.Output;
import io.netty.buffer.ByteBuf;

/** What stands behind a line. */
enum LineEnding {
    /** Carriage return and line feed, as the protocols of the internet have it (RFC 5198, section 2). */
    CRLF,
    /** A line feed alone, as Unix has it. */
    LF;

    void write(Output out) {
        ByteBuf block = out.block(2);
        if (this == CRLF) {
            block.writeShort('\r' << Byte.SIZE | '\n');
        } else {
            block.writeByte('\n');
        }
    }
}
