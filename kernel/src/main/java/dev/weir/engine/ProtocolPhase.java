package dev.weir.engine;

/** What a protocol says it is doing, and since when. Made for the connections whose protocol says so. */
final class ProtocolPhase {
    private String name = "";
    private long sinceNanos;

    /** The phase of this name begins; the one that is under way goes on. */
    void begin(String next, long nowNanos) {
        if (!name.equals(next)) {
            name = next;
            sinceNanos = nowNanos;
        }
    }

    String name() {
        return name;
    }

    long sinceNanos() {
        return sinceNanos;
    }
}
