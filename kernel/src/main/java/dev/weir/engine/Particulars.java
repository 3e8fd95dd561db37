package dev.weir.engine;

/** What a protocol has told of its connection: whose it is, and what it is doing. Made for the connections whose protocol tells. */
final class Particulars {
    private String identity = "";
    private String phase = "";
    private long phaseSinceNanos;

    /** The peer goes by this name. */
    void identity(String name) {
        identity = name;
    }

    String identity() {
        return identity;
    }

    /** The phase of this name begins; the one that is under way goes on. */
    void beginPhase(String name, long nowNanos) {
        if (!phase.equals(name)) {
            phase = name;
            phaseSinceNanos = nowNanos;
        }
    }

    String phase() {
        return phase;
    }

    long phaseSinceNanos() {
        return phaseSinceNanos;
    }
}
