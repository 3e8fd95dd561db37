package dev.weir.benchmarks;

import java.nio.ByteBuffer;

/** Compares what comes in with what must come, byte by byte. */
final class ReplyCheck {
    private final String connection;
    private ByteBuffer expected = ByteBuffer.allocate(0);

    /** @param connection how to call it when a reply is wrong */
    ReplyCheck(String connection) {
        this.connection = connection;
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
        int length = Math.min(received.remaining(), expected.remaining());
        int wrong = received.slice(received.position(), length).mismatch(expected.slice(expected.position(), length));
        if (wrong >= 0) {
            int at = expected.position() + wrong;
            throw new WrongReply("%s: byte %d of the answer is 0x%02x and must be 0x%02x"
                    .formatted(connection, at, received.get(received.position() + wrong), expected.get(at)));
        }
        received.position(received.position() + length);
        expected.position(expected.position() + length);
        if (received.hasRemaining()) {
            throw new WrongReply("%s: %d bytes came that answer no request: the answer has %d bytes"
                    .formatted(connection, received.remaining(), expected.limit()));
        }
        return !expected.hasRemaining();
    }
}
