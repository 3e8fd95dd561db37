package dev.weir.protocols.framing;

import io.netty.buffer.ByteBuf;

/** How a length is written as bytes. Lengths are unsigned: one with the top bit of a long set is larger than any other. */
interface LengthField {
    /** The field is longer than any may be. */
    int MALFORMED = -1;

    /** How many bytes the field at an index has; 0 while {@code available} bytes do not show it, or {@link #MALFORMED}. */
    int width(ByteBuf in, int index, int available);

    /** The length in a field of this width. */
    long read(ByteBuf in, int index, int width);

    /** How many bytes a field needs for a length from 0 to {@link #max}. */
    int widthFor(long length);

    /** The largest length it can say. */
    long max();

    /** Writes a length in a field of this width, at the writer index. */
    void write(ByteBuf out, long length, int width);
}
