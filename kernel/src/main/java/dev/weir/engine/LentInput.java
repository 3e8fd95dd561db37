package dev.weir.engine;

import io.netty.buffer.ByteBuf;

/**
 * Knows which memory is lent at the moment: that of the input from which a message is being handled. A buffer that lies in it must be
 * copied before it is queued, on whichever connection. One per loop, which handles one message at a time; used on that loop.
 */
final class LentInput {
    private ByteBuf input;

    /** The input from which messages are lent from now on. */
    void lend(ByteBuf lent) {
        input = lent;
    }

    /** Nothing is lent from now on. */
    void end() {
        input = null;
    }

    /** True when the buffer shares memory with the lent input, or might: a composite of several parts may hold one of them. */
    boolean mayShare(ByteBuf bytes) {
        if (input == null) {
            return false;
        }
        if (bytes.hasMemoryAddress() && input.hasMemoryAddress()) {
            long at = bytes.memoryAddress() + bytes.readerIndex();
            return at >= input.memoryAddress() && at < input.memoryAddress() + input.capacity();
        }
        if (bytes.hasArray()) {
            return input.hasArray() && bytes.array() == input.array();
        }
        return !bytes.hasMemoryAddress();
    }
}
