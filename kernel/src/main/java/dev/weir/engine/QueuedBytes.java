package dev.weir.engine;

/** Bytes of memory in the write queues of one loop. Owned by the loop. */
final class QueuedBytes {
    private long bytes;
    /** No queue of the loop is larger. */
    private long largest;

    /** A queue has grown or shrunk to {@code now} bytes, by {@code change}. */
    void changed(long now, long change) {
        bytes += change;
        if (now > largest) {
            largest = now;
        }
    }

    /** The largest was looked for, and has so many. */
    void largestIs(long found) {
        largest = found;
    }

    long bytes() {
        return bytes;
    }

    /** What the largest queue has at the most. */
    long largestAtMost() {
        return Math.min(largest, bytes);
    }
}
