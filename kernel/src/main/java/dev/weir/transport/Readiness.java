package dev.weir.transport;

/** What a poller reports of a socket: a set of bits. A report is a hint that may be stale. */
public final class Readiness {
    /** A receive or an accept may give something. */
    public static final int READABLE = 1;
    /** A send may take something. */
    public static final int WRITABLE = 2;
    /** The peer has ended its half: read on to the end, whatever a short read suggests. */
    public static final int PEER_ENDED = 4;
    /** The connection is dead both ways: a receive gives what is left and then the error. */
    public static final int FAILED = 8;

    private Readiness() {}

    /** True when reading must go on to the end of input, because no further event will come. */
    public static boolean readToEnd(int readiness) {
        return (readiness & (PEER_ENDED | FAILED)) != 0;
    }
}
