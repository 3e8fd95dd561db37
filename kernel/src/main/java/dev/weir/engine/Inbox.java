package dev.weir.engine;

import io.netty.util.ReferenceCountUtil;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Messages on their way to a blocking protocol, bounded by number and bytes. The loop puts, one thread takes.
 */
final class Inbox {
    private static final int MOST_MESSAGES = 256;
    private static final long MOST_BYTES = 256 * 1024;

    private record Letter(Object message, int bytes) {}

    private final Queue<Letter> letters = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong put = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private volatile boolean full;

    /** Adds a message. The loop only. */
    void put(Object message, int size) {
        bytes.addAndGet(size);
        put.incrementAndGet();
        letters.add(new Letter(message, size));
    }

    /** True when reading is to pause. The loop only, after {@link #put}. */
    boolean isFull() {
        if (put.get() - taken.get() < MOST_MESSAGES && bytes.get() < MOST_BYTES) {
            return false;
        }
        full = true;
        // The taker may have taken all of it before it could see the mark, and then never looks again.
        return !mayResume();
    }

    /** The next message, or null. The taking thread only. */
    Object take() {
        Letter letter = letters.poll();
        if (letter == null) {
            return null;
        }
        bytes.addAndGet(-letter.bytes);
        taken.incrementAndGet();
        return letter.message;
    }

    /** True once after a pause, when the inbox is half empty again. For the taking thread. */
    boolean mayResume() {
        if (full && put.get() - taken.get() <= MOST_MESSAGES / 2 && bytes.get() <= MOST_BYTES / 2) {
            full = false;
            return true;
        }
        return false;
    }

    boolean isEmpty() {
        return letters.isEmpty();
    }

    /** Messages ever put. */
    long put() {
        return put.get();
    }

    /** Messages ever taken. */
    long taken() {
        return taken.get();
    }

    /** Drops what nobody will take any more. When the taking thread has ended. */
    void clear() {
        for (Letter letter = letters.poll(); letter != null; letter = letters.poll()) {
            ReferenceCountUtil.release(letter.message);
        }
    }
}
