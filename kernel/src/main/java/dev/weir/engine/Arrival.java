package dev.weir.engine;

import io.netty.buffer.ByteBuf;

/**
 * A message that is coming in and is not whole yet: its bytes that nothing could be made of, when it began, and how it gets on. What
 * comes in parts must get on, too: its time begins anew with every {@link #STEP_BYTES} of them. Time in which nothing is read does not
 * count. A connection has one only while there is such a message. Owned by the connection's loop.
 */
final class Arrival {
    /**
     * So many bytes of a message in parts are worth as much time as a small message. A deadline of 30 s then asks 546 bytes a second,
     * which the slowest of networks has, while a byte now and then holds no connection for ever.
     */
    static final int STEP_BYTES = 16 * 1024;

    /** Bytes without a whole message; null while there are none. */
    private ByteBuf kept;

    private long sinceNanos;
    private int bytesOfStep;
    private long countedSinceNanos;
    private long receivedBefore;
    private long pausedNanos;
    private boolean paused;

    ByteBuf kept() {
        return kept;
    }

    /** Keeps these bytes; takes them. */
    void keep(ByteBuf bytes) {
        kept = bytes;
    }

    /** Gives back the bytes that are kept. */
    void dropKept() {
        if (kept != null) {
            kept.release();
            kept = null;
        }
    }

    /** It is over: nothing of it is left. */
    void clear() {
        dropKept();
        paused = false;
    }

    /**
     * Another message begins.
     *
     * @param received bytes of the connection that came before it
     */
    void begin(long nowNanos, long received) {
        sinceNanos = nowNanos;
        bytesOfStep = 0;
        countAnew(nowNanos, received);
    }

    /** So many bytes of a message in parts were taken. */
    void goOn(int bytes, long nowNanos) {
        bytesOfStep += bytes;
        if (bytesOfStep >= STEP_BYTES) {
            bytesOfStep = 0;
            sinceNanos = nowNanos;
        }
    }

    /** What came so far, so many bytes of the connection, is judged. */
    void countAnew(long nowNanos, long received) {
        countedSinceNanos = nowNanos;
        receivedBefore = received;
    }

    /** Nothing is read from now on. */
    void pause(long nowNanos) {
        pausedNanos = nowNanos;
        paused = true;
    }

    /** It is read again. */
    void resume(long nowNanos) {
        sinceNanos = withoutPause(sinceNanos, nowNanos);
        countedSinceNanos = withoutPause(countedSinceNanos, nowNanos);
        paused = false;
    }

    private long withoutPause(long since, long nowNanos) {
        boolean during = since - pausedNanos > 0;
        return paused ? nowNanos - (during ? 0 : pausedNanos - since) : since;
    }

    /** Since when the message is due: its first byte, or the last step of one in parts. */
    long sinceNanos(long nowNanos) {
        return withoutPause(sinceNanos, nowNanos);
    }

    /** Since when its bytes are counted. */
    long countedSinceNanos(long nowNanos) {
        return withoutPause(countedSinceNanos, nowNanos);
    }

    /** How many have come since then, of so many bytes of the connection. */
    long counted(long received) {
        return received - receivedBefore;
    }
}
