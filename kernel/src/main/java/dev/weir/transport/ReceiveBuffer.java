package dev.weir.transport;

import io.netty.buffer.ByteBuf;

/**
 * Where a {@link StreamSocket#receive} puts its bytes: the loop's own space, or a buffer that the transport lends instead. Owned by
 * one loop and used for one receive at a time.
 */
public final class ReceiveBuffer {
    private final ByteBuf space;
    private ByteBuf lent;

    /** @param space a direct buffer, which the loop goes on to own */
    public ReceiveBuffer(ByteBuf space) {
        this.space = space;
    }

    /** The loop's space, empty before a receive. A transport writes at its writer index and moves it. */
    public ByteBuf space() {
        return space;
    }

    /**
     * Gives the received bytes in a buffer of the transport's instead. The loop releases it once, after it has decoded what is in
     * it.
     */
    public void lend(ByteBuf buffer) {
        lent = buffer;
    }

    /** The received bytes. */
    public ByteBuf received() {
        return lent != null ? lent : space;
    }

    /** True when the last receive lent a buffer. */
    public boolean isLent() {
        return lent != null;
    }

    /** Makes it ready for the next receive; releases a lent buffer. */
    public void clear() {
        space.clear();
        if (lent != null) {
            ByteBuf done = lent;
            lent = null;
            done.release();
        }
    }
}
