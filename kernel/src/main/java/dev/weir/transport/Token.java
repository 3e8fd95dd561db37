package dev.weir.transport;

/**
 * The name under which a socket is registered with a poller: a slot and a generation in one long. The generation changes each time
 * a slot is used again, so that a late event for the slot's former socket is recognised and dropped.
 */
public final class Token {
    private Token() {}

    /** Packs a slot (0 or more) and a generation. */
    public static long of(int slot, int generation) {
        return ((long) generation << 32) | (slot & 0xFFFF_FFFFL);
    }

    /** The slot of a token. */
    public static int slot(long token) {
        return (int) token;
    }

    /** The generation of a token. */
    public static int generation(long token) {
        return (int) (token >>> 32);
    }
}
