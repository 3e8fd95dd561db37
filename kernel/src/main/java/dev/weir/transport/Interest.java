package dev.weir.transport;

/** What a loop wants to hear of a socket: a set of bits. */
public final class Interest {
    /** Nothing; a failure is still reported. */
    public static final int NONE = 0;
    /** Bytes, connections to accept, or the peer's end. */
    public static final int READ = 1;
    /** Room in the send buffer. */
    public static final int WRITE = 2;

    private Interest() {}
}
