package dev.weir.engine;

/** What the system has left in a write queue: since when it has not been empty, and how much had gone before. */
final class Unsent {
    private boolean any;
    private long sinceNanos;
    private long sentBefore;

    /** A flush has left bytes behind. */
    void some(long nowNanos, long sent) {
        if (!any) {
            any = true;
            sinceNanos = nowNanos;
            sentBefore = sent;
        }
    }

    /** A flush has left nothing behind. */
    void none() {
        any = false;
    }

    boolean isAny() {
        return any;
    }

    long sinceNanos() {
        return sinceNanos;
    }

    long sentBefore() {
        return sentBefore;
    }
}
