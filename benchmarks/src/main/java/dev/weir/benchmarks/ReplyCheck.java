package dev.weir.benchmarks;

import java.nio.ByteBuffer;

/** Compares what comes in with what must come, byte by byte. */
final class ReplyCheck {
    /** Every byte counts. */
    static final int NONE = -1;

    private final String connection;
    private final int any;
    private ByteBuffer expected = ByteBuffer.allocate(0);

    /**
     * A check of one connection.
     *
     * @param connection how to call it when a reply is wrong
     * @param any the byte, from 0 to 255, that stands for one that may be any, or {@link #NONE}
     */
    ReplyCheck(String connection, int any) {
        this.connection = connection;
        this.any = any;
    }

    /** Expects these bytes from now on, from the buffer's position; the buffer is used up by the check. */
    void expect(ByteBuffer reply) {
        expected = reply;
    }

    /**
     * Takes all the bytes of a buffer.
     *
     * @return true when all that was expected has come
     * @throws WrongReply when they are not those that must come, or more than that
     */
    boolean accept(ByteBuffer received) throws WrongReply {
        while (received.hasRemaining()) {
            if (!expected.hasRemaining()) {
                throw new WrongReply("%s: %d bytes came that answer no request: the answer has %d bytes"
                        .formatted(connection, received.remaining(), expected.limit()));
            }
            acceptEqual(received);
            acceptAny(received);
        }
        return !expected.hasRemaining();
    }

    /** Takes bytes up to one that may be any. */
    private void acceptEqual(ByteBuffer received) throws WrongReply {
        int length = Math.min(received.remaining(), expected.remaining());
        int mismatch =
                received.slice(received.position(), length).mismatch(expected.slice(expected.position(), length));
        int equal = mismatch < 0 ? length : mismatch;
        received.position(received.position() + equal);
        expected.position(expected.position() + equal);
        if (mismatch >= 0 && !mayBeAny()) {
            int at = expected.position();
            throw new WrongReply("%s: byte %d of the answer is 0x%02x and must be 0x%02x"
                    .formatted(connection, at, received.get(received.position()), expected.get(at)));
        }
    }

    private void acceptAny(ByteBuffer received) {
        while (received.hasRemaining() && expected.hasRemaining() && mayBeAny()) {
            received.get();
            expected.get();
        }
    }

    private boolean mayBeAny() {
        return Byte.toUnsignedInt(expected.get(expected.position())) == any;
    }
}
