package dev.weir.engine;

import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;

/**
 * The write queues of one loop that are empty and nobody's. A connection has one only while something of it is queued; as the same few
 * go round, neither a reply costs an object nor an idle connection a queue. Used on the loop.
 */
final class WriteQueues {
    /** As many as are kept: those who are answered in one turn. More are in use only while peers are slow. */
    private static final int MOST_SPARES = 256;

    private final ArrayDeque<WriteQueue> spares = new ArrayDeque<>();
    private final Blocks blocks = new Blocks();
    private final LentInput lent;

    WriteQueues(LentInput lent) {
        this.lent = lent;
    }

    /** An empty queue. */
    WriteQueue take(ByteBufAllocator allocator) {
        WriteQueue spare = spares.pollLast();
        return spare == null ? new WriteQueue(allocator, lent, blocks) : spare;
    }

    /** Takes an empty queue back that nobody uses any more. */
    void giveBack(WriteQueue empty) {
        if (spares.size() < MOST_SPARES) {
            spares.addLast(empty);
        }
    }

    /** Bytes that are kept to be used again. Any thread. */
    long spareBytes() {
        return blocks.spareBytes();
    }

    /** The loop ends: gives back what was kept to be used again. */
    void release() {
        blocks.release();
    }
}
