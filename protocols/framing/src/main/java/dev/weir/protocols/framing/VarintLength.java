package dev.weir.protocols.framing;

import io.netty.buffer.ByteBuf;

/**
 * A length as unsigned LEB128, as Protocol Buffers delimit messages: seven bits a byte, the least significant first, the top bit
 * set in all but the last. A longer form of a small number is taken, as protobuf takes it.
 */
enum VarintLength implements LengthField {
    FORM;

    /** Enough for 32 bits. */
    private static final int MOST_BYTES = 5;

    private static final int MORE = 0x80;

    @Override
    public int width(ByteBuf in, int index, int available) {
        for (int i = 0; i < Math.min(available, MOST_BYTES); i++) {
            if ((in.getByte(index + i) & MORE) == 0) {
                return i + 1;
            }
        }
        return available < MOST_BYTES ? 0 : MALFORMED;
    }

    @Override
    public long read(ByteBuf in, int index, int width) {
        long length = 0;
        for (int i = 0; i < width; i++) {
            length |= (in.getByte(index + i) & 0x7FL) << (7 * i);
        }
        return length;
    }

    @Override
    public int widthFor(long length) {
        int width = 1;
        for (long rest = length >>> 7; rest != 0; rest >>>= 7) {
            width++;
        }
        return width;
    }

    @Override
    public long max() {
        return 0xFFFF_FFFFL;
    }

    @Override
    public void write(ByteBuf out, long length, int width) {
        long rest = length;
        for (int i = 1; i < width; i++) {
            out.writeByte((int) (rest & 0x7F) | MORE);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }
}
