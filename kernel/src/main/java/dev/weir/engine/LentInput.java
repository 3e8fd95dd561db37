package dev.weir.engine;

import dev.weir.codec.MessageWindow;
import io.netty.buffer.ByteBuf;

/**
 * Knows which memory is lent at the moment: that of the input from which a message is being handled, and what the codec shows beside
 * it. A buffer that lies in it must be copied before it is queued, on whichever connection. One per loop, which handles one message at
 * a time; used on that loop.
 */
final class LentInput {
    private ByteBuf input;
    private MessageWindow window;

    /**
     * The input from which messages are lent from now on.
     *
     * @param over the loop's window, by which a codec may show a buffer of its own
     */
    void lend(ByteBuf lent, MessageWindow over) {
        input = lent;
        window = over;
    }

    /** Nothing is lent from now on. */
    void end() {
        input = null;
    }

    /** True when the buffer shares memory with what is lent, or might: a composite of several parts may hold one of them. */
    boolean mayShare(ByteBuf bytes) {
        if (input == null) {
            return false;
        }
        ByteBuf shown = window.input();
        return mayShare(bytes, input) || (shown != null && shown != input && mayShare(bytes, shown));
    }

    private static boolean mayShare(ByteBuf bytes, ByteBuf lent) {
        if (bytes.hasMemoryAddress() && lent.hasMemoryAddress()) {
            long at = bytes.memoryAddress() + bytes.readerIndex();
            return at >= lent.memoryAddress() && at < lent.memoryAddress() + lent.capacity();
        }
        if (bytes.hasArray()) {
            return lent.hasArray() && bytes.array() == lent.array();
        }
        return !bytes.hasMemoryAddress();
    }
}
