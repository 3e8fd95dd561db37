package dev.weir.protocols.framing;

import io.netty.buffer.ByteBuf;

/**
 * A length in a field of always the same width.
 *
 * @param bytes 1 to 8
 * @param order which end comes first
 */
record FixedWidthLength(int bytes, Endian order) implements LengthField {

    /** Which byte of a number comes first. */
    enum Endian {
        /** The most significant: network order. */
        BIG,
        /** The least significant. */
        LITTLE
    }

    @Override
    public int width(ByteBuf in, int index, int available) {
        return available >= bytes ? bytes : 0;
    }

    @Override
    public long read(ByteBuf in, int index, int width) {
        boolean big = order == Endian.BIG;
        return switch (bytes) {
            case Short.BYTES -> big ? in.getUnsignedShort(index) : in.getUnsignedShortLE(index);
            case Integer.BYTES -> big ? in.getUnsignedInt(index) : in.getUnsignedIntLE(index);
            case Long.BYTES -> big ? in.getLong(index) : in.getLongLE(index);
            default -> readBytes(in, index);
        };
    }

    private long readBytes(ByteBuf in, int index) {
        long length = 0;
        for (int i = 0; i < bytes; i++) {
            int place = order == Endian.BIG ? i : bytes - 1 - i;
            length = (length << 8) | in.getUnsignedByte(index + place);
        }
        return length;
    }

    @Override
    public int widthFor(long length) {
        return bytes;
    }

    @Override
    public long max() {
        return bytes == 8 ? Long.MAX_VALUE : (1L << (8 * bytes)) - 1;
    }

    @Override
    public void write(ByteBuf out, long length, int width) {
        boolean big = order == Endian.BIG;
        switch (bytes) {
            case Short.BYTES -> out.writeShort((int) (big ? length : Short.reverseBytes((short) length)));
            case Integer.BYTES -> out.writeInt((int) (big ? length : Integer.reverseBytes((int) length)));
            case Long.BYTES -> out.writeLong(big ? length : Long.reverseBytes(length));
            default -> writeBytes(out, length);
        }
    }

    private void writeBytes(ByteBuf out, long length) {
        for (int i = 0; i < bytes; i++) {
            int place = order == Endian.BIG ? bytes - 1 - i : i;
            out.writeByte((int) (length >>> (8 * place)));
        }
    }
}
