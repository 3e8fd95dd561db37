package dev.weir.protocols.http1;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * A loop's room for the lines that are being read: heads and trailers. They are looked at again and again, byte by byte, which in an
 * array costs a fraction of what it does in a buffer outside the heap; copying them there is one pass of the fastest kind.
 */
final class HeadBytes {
    private static final int FIRST_ROOM = 1024;

    private byte[] array = new byte[FIRST_ROOM];
    private int length;

    /** Nothing has been copied yet. */
    void clear() {
        length = 0;
    }

    /**
     * Copies more of what is readable, and leaves the reader index alone.
     *
     * @param most the most bytes to hold in all
     * @return false when all that may be held is there already
     */
    boolean more(ByteBuf in, int most) {
        int all = Math.min(in.readableBytes(), most);
        if (length == all) {
            return false;
        }
        // A little at first: behind a head its body may follow, or the next request.
        int next = Math.min(all, Math.max(FIRST_ROOM, 2 * length));
        if (next > array.length) {
            array = Arrays.copyOf(array, Math.max(next, 2 * array.length));
        }
        // Buffers that lie outside of the heap make a view for each getBytes, and have this one already.
        in.internalNioBuffer(in.readerIndex() + length, next - length).get(array, length, next - length);
        length = next;
        return true;
    }

    /** The bytes, from the first on; valid until the next message of the loop. */
    byte[] array() {
        return array;
    }

    /** How many there are. */
    int length() {
        return length;
    }
}
