package dev.weir.engine;

import dev.weir.connection.ConnectionState;
import dev.weir.fault.Errno;
import dev.weir.loop.Continuation;
import dev.weir.transport.ReceiveBuffer;
import dev.weir.transport.StreamSocket;
import dev.weir.transport.TransportException;
import io.netty.buffer.ByteBuf;

/** A connection's input: receiving within a budget, pausing, and the end. What was received is decoded by {@link Decoding}. */
final class Reading implements Continuation {
    /** Receives a turn: two full buffers. More would keep the loop's other connections waiting. */
    private static final int MOST_RECEIVES = 2;

    private final SocketConnection connection;
    /** The message that is coming in; null while there is none that is not whole. */
    private Arrival arrival;

    private boolean pausedByProtocol;
    private boolean pausedByPressure;
    private boolean pausedForReply;
    private boolean pausedForCodec;
    /** True when there may be something to receive of which the poller has told, or never will: who goes on has to look. */
    private boolean unread;

    private boolean toEnd;
    private boolean ended;
    private boolean queued;
    private boolean receiving;
    /** True while what is sent need not be put down for the end of the turn: it is flushed before. */
    private boolean flushing;

    private long received;
    private long lastNanos;

    Reading(SocketConnection connection) {
        this.connection = connection;
        this.lastNanos = connection.openedNanos();
    }

    private Decoding decoding() {
        return connection.siblings().decoding();
    }

    /** The poller says that there is something to receive, and nothing else. */
    void ready() {
        if (isPaused() || queued) {
            readyLater();
        } else {
            receiveAndFlush(false);
        }
    }

    /** The poller says that the peer has ended its half. */
    void peerEnded() {
        toEnd = true;
        if (isPaused() || queued) {
            readyLater();
        } else {
            receiveAndFlush(false);
        }
    }

    /** The poller says that the connection is dead both ways. */
    void failed() {
        toEnd = true;
        if (isPaused() || ended) {
            // No receive will tell of it.
            Errno errno = connection.socket().failure();
            connection.closing().lost(new TransportException(errno, errno.text() + ", while nothing was read"));
        } else if (queued) {
            readyLater();
        } else {
            receiveAndFlush(false);
        }
    }

    private void readyLater() {
        unread = true;
        if (isPaused()) {
            connection.updateInterest();
        }
        // Else it is queued, and will look; but what it decodes first may make the codec wait.
    }

    /** Goes on after a pause or after the budget of the last turn was spent. */
    @Override
    public void proceed() {
        queued = false;
        if (connection.state() == ConnectionState.CLOSED) {
            return;
        }
        if (isPaused()) {
            unread = true;
            // A drain waits no longer for what this was queued for.
            connection.endIfDone();
            return;
        }
        receiving = true;
        receiveAndFlush(true);
    }

    /**
     * What is sent meanwhile goes out in one go, when all that had arrived is handled.
     *
     * @param afterPause whether what was received before may make messages, too
     */
    private void receiveAndFlush(boolean afterPause) {
        flushing = true;
        try {
            if (afterPause && !connection.state().isClosing()) {
                decoding().proceed(connection);
            }
            receive();
        } finally {
            flushing = false;
        }
        connection.writing().flushIfDirty();
    }

    /**
     * Receives until the socket is empty, the budget is spent, or someone pauses or closes. While a message is lent on this loop, of
     * whichever connection, it is put off to the next turn.
     */
    private void receive() {
        if (decoding().isRunning()) {
            lookAgain();
            return;
        }
        receiving = true;
        try {
            receiveWithinBudget();
        } finally {
            receiving = false;
        }
        connection.endIfDone();
    }

    private void receiveWithinBudget() {
        if (ended) {
            inputEnded();
            return;
        }
        for (int receives = 0; wantsInput(); receives++) {
            if (receives == MOST_RECEIVES) {
                again();
                return;
            }
            unread = receiveOnce();
            if (!unread) {
                return;
            }
        }
    }

    /** @return true when there may be more */
    private boolean receiveOnce() {
        ReceiveBuffer in = connection.loop().receiveBuffer();
        in.clear();
        int room = in.space().writableBytes();
        try {
            int count = connection.socket().receive(in);
            if (count == StreamSocket.WOULD_BLOCK) {
                return false;
            }
            if (count == StreamSocket.END_OF_INPUT) {
                ended = true;
                connection.updateInterest();
                inputEnded();
                return false;
            }
            boolean maybeMore = in.isLent() || count == room || toEnd;
            take(in.received(), count);
            return maybeMore || holdsInput();
        } catch (TransportException e) {
            connection.closing().lost(e);
            return false;
        } finally {
            in.clear();
        }
    }

    private boolean holdsInput() {
        return connection.state() != ConnectionState.CLOSED
                && connection.socket().holdsInput();
    }

    private void take(ByteBuf bytes, int count) {
        received += count;
        lastNanos = connection.loop().now();
        connection.metrics().bytesReceived.add(count);
        if (connection.state().isClosing()) {
            connection.closing().discard(count);
            return;
        }
        decoding().take(connection, bytes, lastNanos);
    }

    private void inputEnded() {
        switch (connection.state()) {
            case OPEN -> {
                if (decoding().end(connection)) {
                    connection.closing().peerEnded();
                }
            }
            case FLUSHING, LINGERING -> connection.closing().peerEndedWhileClosing();
            default -> {
                // Known already, or over.
            }
        }
    }

    void pause() {
        pausing();
        pausedByProtocol = true;
        stopReports();
    }

    void resume() {
        if (pausedByProtocol) {
            pausedByProtocol = false;
            resumed();
        }
    }

    void pauseForPressure() {
        pausing();
        pausedByPressure = true;
        stopReports();
    }

    void resumeFromPressure() {
        if (pausedByPressure) {
            pausedByPressure = false;
            resumed();
        }
    }

    /** Whether the connection takes no further request, as its one reply is under way. */
    void pauseForReply(boolean pause) {
        if (pausedForReply != pause) {
            if (pause) {
                pausing();
                pausedForReply = true;
                stopReports();
            } else {
                pausedForReply = false;
                resumed();
            }
        }
    }

    /**
     * Whether the codec leaves unread what comes. That is usual for as long as it takes to answer, so it costs no system call unless
     * something does come meanwhile.
     */
    void pauseForCodec(boolean pause) {
        if (pausedForCodec == pause) {
            return;
        }
        if (pause) {
            pausing();
            pausedForCodec = true;
            return;
        }
        pausedForCodec = false;
        if (unread || ended || undecodedBytes() > 0) {
            resumed();
        } else if (!isPaused()) {
            endPause();
        }
    }

    /** The ending has begun: what still comes in is discarded, and no pause holds it up. */
    void discardFromNowOn() {
        pausedByProtocol = false;
        pausedByPressure = false;
        pausedForReply = false;
        pausedForCodec = false;
        decoding().dispose(connection);
        readAgain();
    }

    /** Reads what has already arrived once more before a judgement is passed. */
    void readPending() {
        if (!isPaused() && !receiving) {
            receive();
        }
    }

    /** Throws away what has already arrived, as far as one turn may read: unread, it would make the close a reset. */
    void discardPending() {
        if (!receiving && wantsInput()) {
            receive();
        }
    }

    /** Goes on with what is there already: another codec may see a message in it, or the socket may have found it on its own. */
    void lookAgain() {
        unread = true;
        if (!isPaused()) {
            again();
        }
    }

    private void stopReports() {
        unread = true;
        connection.updateInterest();
    }

    private void pausing() {
        if (!isPaused() && arrival != null) {
            arrival.pause(connection.nanoTime());
        }
    }

    private void endPause() {
        if (arrival != null) {
            arrival.resume(connection.nanoTime());
        }
    }

    private void resumed() {
        if (!isPaused()) {
            endPause();
            readAgain();
        }
    }

    private void readAgain() {
        connection.updateInterest();
        again();
    }

    private void again() {
        if (!queued && connection.state() != ConnectionState.CLOSED) {
            queued = true;
            connection.loop().again(this);
        }
    }

    /** True while the socket is worth reading: not paused, not ended, not over. */
    boolean wantsInput() {
        return !ended && !isPaused() && connection.state() != ConnectionState.CLOSED;
    }

    /** True while the poller is to report that there is something to receive. */
    boolean wantsReadiness() {
        return wantsInput()
                || (pausedForCodec
                        && !unread
                        && !isPausedByOthers()
                        && !ended
                        && connection.state() != ConnectionState.CLOSED);
    }

    boolean isPaused() {
        return pausedForCodec || isPausedByOthers();
    }

    private boolean isPausedByOthers() {
        return pausedByProtocol || pausedByPressure || pausedForReply;
    }

    boolean isEnded() {
        return ended;
    }

    /** True while received bytes are being decoded, or are known to wait because a turn's budget cut reading off. */
    boolean isBusy() {
        return queued || receiving;
    }

    /** True when what is queued now is flushed without being put down for the end of the turn. */
    boolean flushesAtItsEnd() {
        return flushing;
    }

    long received() {
        return received;
    }

    long lastNanos() {
        return lastNanos;
    }

    int undecodedBytes() {
        return keptBytes() == null ? 0 : keptBytes().readableBytes();
    }

    /** What was received and makes no whole message yet; null while there is nothing. */
    ByteBuf keptBytes() {
        return arrival == null ? null : arrival.kept();
    }

    /** What came so far is judged. */
    void countAnew(long nowNanos) {
        if (arrival != null) {
            arrival.countAnew(nowNanos, received);
        }
    }

    /** Since when the message that is coming in is due. Where its beginning was not seen, the last byte counts. */
    long sinceNanos() {
        return arrival == null ? lastNanos : arrival.sinceNanos(connection.nanoTime());
    }

    /** Since when its bytes are counted. */
    long countedSinceNanos() {
        return arrival == null ? lastNanos : arrival.countedSinceNanos(connection.nanoTime());
    }

    /** How many have come since then. */
    long counted() {
        return arrival == null ? 0 : arrival.counted(received);
    }

    /** The message that is coming in; null while there is none that is not whole. */
    Arrival arrival() {
        return arrival;
    }

    /** From now on this message is coming in; null for none. Only {@link Decoding} says so. */
    void arrival(Arrival now) {
        arrival = now;
    }

    void dispose() {
        decoding().dispose(connection);
    }
}
