package dev.weir.engine;

/**
 * When the message that is coming in began, and how it gets on. What comes in parts must get on, too: its time begins anew with every
 * {@link #STEP_BYTES} of them. Time in which nothing is read does not count. Owned by the connection's loop.
 */
final class Arrival {
    /**
     * So many bytes of a message in parts are worth as much time as a small message. A deadline of 30 s then asks 546 bytes a second,
     * which the slowest of networks has, while a byte now and then holds no connection for ever.
     */
    static final int STEP_BYTES = 16 * 1024;

    private long sinceNanos;
    private int bytesOfStep;
    private long countedSinceNanos;
    private long receivedBefore;
    private long pausedNanos;

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
    }

    /** It is read again. */
    void resume(long nowNanos) {
        sinceNanos += lost(sinceNanos, nowNanos);
        countedSinceNanos += lost(countedSinceNanos, nowNanos);
    }

    private long lost(long since, long nowNanos) {
        return nowNanos - (since - pausedNanos > 0 ? since : pausedNanos);
    }

    /** Since when the message is due: its first byte, or the last step of one in parts. */
    long sinceNanos() {
        return sinceNanos;
    }

    /** Since when its bytes are counted. */
    long countedSinceNanos() {
        return countedSinceNanos;
    }

    /** How many have come since then, of so many bytes of the connection. */
    long counted(long received) {
        return received - receivedBefore;
    }
}
