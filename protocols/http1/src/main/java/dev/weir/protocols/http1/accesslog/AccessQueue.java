package dev.weir.protocols.http1.accesslog;

import java.util.concurrent.atomic.AtomicReferenceArray;

/** Hands the entries of one loop to the log's thread. One thread puts in, one takes out; neither waits for the other. */
public final class AccessQueue {
    private final AccessLog log;
    private final AccessFormat format;
    /** Null at each place that is free. */
    private final AtomicReferenceArray<AccessEntry> ring;

    /** Used by the loop alone. */
    private int next;
    /** Used by the log's thread alone. */
    private int oldest;

    AccessQueue(AccessLog log, AccessFormat format, int capacity) {
        this.log = log;
        this.format = format;
        this.ring = new AtomicReferenceArray<>(capacity);
    }

    /** Puts an entry in; where there is no place for it, it is lost and counted. On the loop. */
    public void offer(AccessEntry entry) {
        if (ring.getAcquire(next) != null) {
            log.lost();
            return;
        }
        // Volatile, since it must be seen by whoever is not seen to wait below.
        ring.set(next, entry);
        next = after(next);
        log.wake();
    }

    /** The oldest entry as a line; null when there is none. On the log's thread. */
    String line() {
        AccessEntry entry = ring.getAcquire(oldest);
        if (entry == null) {
            return null;
        }
        ring.setRelease(oldest, null);
        oldest = after(oldest);
        return format.line(entry);
    }

    /** On the log's thread. */
    boolean isEmpty() {
        return ring.get(oldest) == null;
    }

    private int after(int place) {
        return place + 1 == ring.length() ? 0 : place + 1;
    }
}
