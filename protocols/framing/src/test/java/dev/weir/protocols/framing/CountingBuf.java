package dev.weir.protocols.framing;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;

/** A buffer that counts how many bytes are looked at one by one or searched. */
final class CountingBuf extends UnpooledHeapByteBuf {
    private long looked;

    CountingBuf(byte[] bytes) {
        super(UnpooledByteBufAllocator.DEFAULT, bytes, bytes.length);
    }

    long looked() {
        return looked;
    }

    @Override
    public byte getByte(int index) {
        looked++;
        return super.getByte(index);
    }

    @Override
    public int indexOf(int from, int to, byte value) {
        int found = super.indexOf(from, to, value);
        looked += (found < 0 ? to : found + 1) - from;
        return found;
    }
}
