package dev.weir.engine;

import dev.weir.metrics.Gauge;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;

/**
 * The blocks of one loop into which replies are gathered. Those of the usual size go round: the block that was sent last is the next to
 * be filled, so it is still in the processor's cache, and no usual reply costs an allocation. A larger one is made when it is wanted.
 * Used on the loop.
 */
final class Blocks {
    /** How much a block holds at least: a turn's worth of small replies. */
    static final int BYTES = 4 * 1024;

    /** As many as are kept, 128 KiB: more are in use only while peers are slow. */
    private static final int MOST_SPARES = 32;

    private final ArrayDeque<ByteBuf> spares = new ArrayDeque<>(MOST_SPARES);
    private final Gauge spareBytes = new Gauge();
    private boolean released;

    /** An empty block with so much room or more, which is the caller's. */
    ByteBuf take(ByteBufAllocator allocator, int room) {
        if (room > BYTES) {
            return allocator.directBuffer(room, room);
        }
        ByteBuf spare = spares.pollLast();
        if (spare == null) {
            return allocator.directBuffer(BYTES, BYTES);
        }
        spareBytes.add(-BYTES);
        return spare;
    }

    /** Takes a buffer back of which nothing is needed any more; one that is no block of the usual size is released. */
    void giveBack(ByteBuf block) {
        // What an encoder has kept, against its promise, is not to be written to any more. Strangers' buffers have more
        // room than a block: smaller ones are copied.
        if (block.capacity() == BYTES && block.refCnt() == 1 && spares.size() < MOST_SPARES && !released) {
            spares.addLast(block.clear());
            spareBytes.add(BYTES);
        } else {
            block.release();
        }
    }

    /** Bytes of those that are nobody's. Any thread. */
    long spareBytes() {
        return spareBytes.value();
    }

    /** Gives all back to the allocator. The last call. */
    void release() {
        released = true;
        spares.forEach(ByteBuf::release);
        spares.clear();
        spareBytes.set(0);
    }
}
