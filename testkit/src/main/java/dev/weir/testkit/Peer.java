package dev.weir.testkit;

import java.io.ByteArrayOutputStream;

/**
 * The other end of a connection, as a test drives it. Nothing is read of its own accord: a peer on which nobody reads is a peer that
 * does not read. What waits lets the world go on meanwhile, and fails with an {@link AssertionError} when what it waits for does not
 * come about. One thread.
 */
public interface Peer extends AutoCloseable {

    /** From {@link #offer}: the connection is lost, nothing can be sent any more. */
    int LOST = -1;

    /** How far the peer's input has been read. */
    enum Input {
        /** Neither the end nor a reset was met yet. */
        OPEN,
        /** The other side has ended its half, and everything before that was read. */
        END,
        /** The connection was reset. */
        RESET
    }

    /**
     * Sends what there is room for now, without waiting.
     *
     * @return how many bytes were taken, 0 when there is no room; or {@link #LOST}
     */
    int offer(byte[] bytes, int from, int count);

    /** Reads what has arrived, without waiting: at most so many bytes, perhaps none. */
    byte[] take(int most);

    /** How far the input has been read; does not read. */
    Input input();

    /** Ends this side's half: the other side reads all that was sent, then the end. */
    void halfClose();

    /** Resets the connection, where it is of a kind that can be reset; otherwise closes it. */
    void reset();

    /** Closes the connection. Once it is closed, by this or a reset, this does nothing. */
    @Override
    void close();

    /** How this peer waits. */
    Waiting waiting();

    /**
     * Sends everything, waiting for room.
     *
     * @return false when the connection was lost before all of it was taken
     */
    default boolean send(byte[] bytes) {
        int[] sent = {0};
        waiting().until("the peer has sent " + bytes.length + " bytes", () -> {
            int taken = offer(bytes, sent[0], bytes.length - sent[0]);
            sent[0] = taken == LOST ? LOST : sent[0] + taken;
            return sent[0] == LOST || sent[0] == bytes.length;
        });
        return sent[0] == bytes.length;
    }

    /** Reads so many bytes, waiting for them; fewer only when the input ends or is reset before. */
    default byte[] read(int count) {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        waiting().until("the peer has read " + count + " bytes, or the end", () -> {
            got.writeBytes(take(count - got.size()));
            return got.size() == count || input() != Input.OPEN;
        });
        return got.toByteArray();
    }

    /** Reads everything to the end, or to the reset, waiting for it; {@link #input()} then tells which of the two it was. */
    default byte[] readToEnd() {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        waiting().until("the peer reads to the end", () -> {
            got.writeBytes(take(64 * 1024));
            return input() != Input.OPEN;
        });
        return got.toByteArray();
    }
}
