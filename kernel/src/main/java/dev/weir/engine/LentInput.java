package dev.weir.engine;

import dev.weir.codec.MessageWindow;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/**
 * Knows which memory is lent at the moment: that of the input from which a message is being handled, and what the codec shows beside
 * it. A buffer that lies in it is not to be queued beyond the call, on whichever connection. One per loop, which handles one message at
 * a time; used on that loop.
 */
final class LentInput {
    private ByteBuf input;
    private MessageWindow window;
    /** Where the input lies in native memory, asked for once and not for each message; both 0 where it does not. */
    private long inputBegin;

    private long inputEnd;

    /**
     * The input from which messages are lent from now on.
     *
     * @param over the loop's window, by which a codec may show a buffer of its own
     */
    void lend(ByteBuf lent, MessageWindow over) {
        input = lent;
        window = over;
        inputBegin = lent.hasMemoryAddress() ? lent.memoryAddress() : 0;
        inputEnd = lent.hasMemoryAddress() ? inputBegin + lent.capacity() : 0;
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
        // The usual case first: the message itself.
        if (window.isShown(bytes) || (bytes.hasMemoryAddress() && isInside(address(bytes)))) {
            return true;
        }
        ByteBuf shown = window.input();
        return mayShare(bytes, input) || (shown != null && shown != input && mayShare(bytes, shown));
    }

    /**
     * The bytes of a buffer that shares memory with what is lent, through the view that the lent buffer keeps: a view of a derived
     * buffer is an object at each copy. Null where they lie elsewhere, or not in native memory. Valid until the next call.
     */
    ByteBuffer view(ByteBuf bytes, int length) {
        if (window.isShown(bytes) && window.input().hasMemoryAddress()) {
            // Its indexes are those of what it is shown from.
            return window.input().internalNioBuffer(bytes.readerIndex(), length);
        }
        if (bytes.hasMemoryAddress() && isInside(address(bytes)) && address(bytes) + length <= inputEnd) {
            return input.internalNioBuffer((int) (address(bytes) - inputBegin), length);
        }
        return window.input() == null ? null : view(bytes, length, window.input());
    }

    private boolean isInside(long address) {
        return address >= inputBegin && address < inputEnd;
    }

    /** Where its readable bytes begin. */
    private static long address(ByteBuf bytes) {
        return bytes.memoryAddress() + bytes.readerIndex();
    }

    private static ByteBuffer view(ByteBuf bytes, int length, ByteBuf lent) {
        if (!bytes.hasMemoryAddress() || !lent.hasMemoryAddress()) {
            return null;
        }
        long offset = address(bytes) - lent.memoryAddress();
        return offset >= 0 && offset + length <= lent.capacity() ? lent.internalNioBuffer((int) offset, length) : null;
    }

    private static boolean mayShare(ByteBuf bytes, ByteBuf lent) {
        if (bytes.hasMemoryAddress() && lent.hasMemoryAddress()) {
            long at = address(bytes);
            return at >= lent.memoryAddress() && at < lent.memoryAddress() + lent.capacity();
        }
        if (bytes.hasArray()) {
            return lent.hasArray() && bytes.array() == lent.array();
        }
        return !bytes.hasMemoryAddress();
    }
}
