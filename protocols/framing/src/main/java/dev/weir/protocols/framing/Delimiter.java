package dev.weir.protocols.framing;

import io.netty.buffer.ByteBuf;

/**
 * A sequence of bytes that ends a message, and how to search for it: by Knuth, Morris and Pratt, so that every byte is looked at
 * once, also where the sequence overlaps itself. Unchanging.
 */
final class Delimiter {
    private final byte[] bytes;
    /** For each count of matched bytes, how many are still matched when the next byte is another one. */
    private final int[] fallback;

    Delimiter(byte[] bytes) {
        this.bytes = bytes.clone();
        this.fallback = new int[bytes.length + 1];
        int matched = 0;
        for (int i = 1; i < bytes.length; i++) {
            matched = step(matched, bytes[i]);
            fallback[i + 1] = matched;
        }
    }

    int length() {
        return bytes.length;
    }

    /** How many bytes of the delimiter end at the next byte, when {@code matched} ended before it. */
    int step(int matched, byte next) {
        int now = matched;
        while (now > 0 && bytes[now] != next) {
            now = fallback[now];
        }
        return bytes[now] == next ? now + 1 : now;
    }

    /** The first index from {@code from} on at which a delimiter may begin; {@code to} when there is none. */
    int mayBegin(ByteBuf in, int from, int to) {
        int index = in.indexOf(from, to, bytes[0]);
        return index < 0 ? to : index;
    }

    /** True when a delimiter written behind {@code matched} of its own bytes would end before its last byte. */
    boolean endsEarlyAfter(int matched) {
        int now = matched;
        for (int i = 0; i < bytes.length - 1; i++) {
            now = step(now, bytes[i]);
            if (now == bytes.length) {
                return true;
            }
        }
        return false;
    }

    void writeTo(ByteBuf out) {
        out.writeBytes(bytes);
    }
}
