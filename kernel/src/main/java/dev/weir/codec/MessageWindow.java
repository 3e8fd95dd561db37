package dev.weir.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A window over a decoder's input, by which a message is lent without a copy and without an allocation. One per event loop: a loop
 * has one message at a time. Releasing or retaining what it shows does nothing; it is valid until {@code onMessage} returns.
 */
public final class MessageWindow {
    private ByteBuf over;
    private ByteBuf view;
    private ByteBuf shown;

    /**
     * Shows bytes of the input as a message. What was shown before is no longer valid.
     *
     * @param in the decoder's input
     * @param index the first byte, as an index of {@code in}
     * @param length how many
     */
    public ByteBuf show(ByteBuf in, int index, int length) {
        if (in != over) {
            over = in;
            view = in.duplicate();
            shown = Unpooled.unreleasableBuffer(view);
        }
        view.clear().setIndex(index, index + length);
        return shown;
    }

    /** Shows the next {@code length} bytes of the input and moves its reader index past them. */
    public ByteBuf showNext(ByteBuf in, int length) {
        ByteBuf message = show(in, in.readerIndex(), length);
        in.skipBytes(length);
        return message;
    }

    /** True for the buffer that {@link #show} gives, which is the same each time. */
    public boolean isShown(ByteBuf buffer) {
        return buffer == shown;
    }

    /** The buffer over which something is shown; null when none is. */
    public ByteBuf input() {
        return over;
    }

    /** Forgets the input, so that a buffer which is given back is not held. */
    public void forget() {
        over = null;
        view = null;
        shown = null;
    }
}
