package dev.weir.engine;

import dev.weir.codec.ProtocolViolation;
import dev.weir.connection.ConnectionState;
import dev.weir.fault.CloseReason;
import dev.weir.fault.CloseReason.Cause;
import dev.weir.fault.CloseReason.Who;
import dev.weir.lifecycle.ClosePolicy;
import dev.weir.lifecycle.ClosePolicy.Force;
import dev.weir.lifecycle.ClosePolicy.Graceful;
import dev.weir.lifecycle.ClosePolicy.HalfClose;
import dev.weir.lifecycle.ClosePolicy.Plan;
import dev.weir.time.Timer;
import dev.weir.transport.TransportException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection's end. Every ending comes through {@link #close(CloseReason)} or {@link #force}, and every one ends in {@link #finish},
 * where the descriptor is given back and the handler is told, once.
 *
 * <p>Made when the end comes in sight: most connections are far from it for most of their time.
 */
final class Closing {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);
    private static final Plan FORCE = new Force();
    private static final Graceful AT_ONCE = new Graceful(Duration.ZERO, Duration.ZERO, Long.MAX_VALUE);
    private static final Plan FAREWELL = new Graceful(Duration.ofSeconds(1), Duration.ofSeconds(1), 64 * 1024);

    private final SocketConnection connection;

    private CloseReason reason;
    private Graceful graceful;
    private Timer limit;
    /** What the goodbye has added to the queue, in which it is the last. */
    private long goodbyeBytes;
    /** Null unless the connection stays half-closed. */
    private CloseWait closeWait;
    /** Why the connection ends as soon as nothing of it is in flight any more; null while it need not end. */
    private CloseReason drainingFor;

    private boolean draining;
    private boolean told;
    /** Bytes that were received since the ending began, and thrown away. */
    private long discarded;

    Closing(SocketConnection connection) {
        this.connection = connection;
    }

    /** Ends the connection as the server's policy plans it. Does nothing when it is ending already. */
    void close(CloseReason why) {
        if (connection.state().isClosing()) {
            return;
        }
        begin(why, plan(why));
    }

    /** Ends a connection that was refused: with a goodbye, and within little time, for there are few places for such. */
    void turnAway(CloseReason why) {
        if (!connection.state().isClosing()) {
            begin(why, FAREWELL);
        }
    }

    /** Ends the connection at once; what is queued here is dropped. Also cuts short an ending under way. */
    void force(CloseReason why) {
        if (connection.state() == ConnectionState.CLOSED) {
            return;
        }
        if (reason != null) {
            cutShort();
            return;
        }
        reason = why.in(connection.phase());
        finish(true);
    }

    /** Ends an idle connection for its descriptor: with a last word, as far as the socket takes it at once, and without waiting for the peer. */
    void evict() {
        endAtOnce(CloseReason.of(Cause.EVICTED), false);
    }

    /**
     * Ends the connection for a policy that gives it no time: with a last word, as far as the socket takes it at once; where there is
     * none, with a reset. Also cuts short an ending under way.
     */
    void endAtOnce(CloseReason why) {
        endAtOnce(why, true);
    }

    private void endAtOnce(CloseReason why, boolean resetWithoutWord) {
        if (reason != null || connection.state() == ConnectionState.CLOSED) {
            force(why);
            return;
        }
        reason = why.in(connection.phase());
        beginFlushing(AT_ONCE);
        if (connection.state() == ConnectionState.CLOSED) {
            return;
        }
        if (resetWithoutWord && goodbyeBytes == 0) {
            finish(true);
            return;
        }
        flushOrEndOutput();
        connection.writing().flushNow();
        cutShort();
    }

    /** Why the connection ends, or has ended; empty while it does not. */
    Optional<CloseReason> reason() {
        return Optional.ofNullable(reason);
    }

    /** A system call said that the connection is lost. */
    void lost(TransportException failure) {
        if (connection.state() == ConnectionState.CLOSED) {
            return;
        }
        CloseReason seen = CloseReason.of(failure.errno());
        if (reason == null) {
            reason = seen.in(connection.phase());
        } else if (connection.bytesQueued() > 0) {
            reason = new CloseReason(reason.cause(), reason.phase(), Optional.of(failure.errno()), 0, reason.detail());
        }
        finish(false);
    }

    /** The protocol, the codec or a policy threw. */
    void failed(Throwable thrown) {
        log(thrown);
        close(CloseReason.of(Cause.FAILED, thrown.toString()));
    }

    /** What the protocol gave to be sent cannot be sent: a buffer that it has released, say. Nothing that is queued can be trusted. */
    void broken(RuntimeException thrown) {
        log(thrown);
        force(CloseReason.of(Cause.FAILED, thrown.toString()));
    }

    private void log(Throwable thrown) {
        String phase = connection.protocolPhase();
        LOG.error("{} failed{}", connection, phase.isEmpty() ? "" : " in " + phase, thrown);
    }

    /** The peer sent what the codec forbids. */
    void violated(ProtocolViolation violation) {
        violation.lastReply().ifPresent(reply -> connection.call(() -> connection.send(reply)));
        close(CloseReason.of(Cause.PROTOCOL_ERROR, String.valueOf(violation.getMessage())));
    }

    /** The peer has ended its half and all that it sent was decoded. */
    void peerEnded() {
        if (halfClose() == HalfClose.CLOSE) {
            close(CloseReason.of(Cause.PEER_CLOSED));
            return;
        }
        connection.become(ConnectionState.HALF_CLOSED);
        connection.call(() -> connection.handler().onPeerHalfClosed());
        endIfDone();
        if (connection.state() == ConnectionState.HALF_CLOSED) {
            closeWait = new CloseWait(connection);
        }
    }

    /** Since when the connection has been half-closed. */
    long halfClosedSinceNanos() {
        return closeWait == null ? connection.nanoTime() : closeWait.sinceNanos();
    }

    /** The ending has begun, so the connection is neither half-closed any more nor known as anybody's. */
    private void serveNoMore() {
        if (closeWait != null) {
            closeWait.end();
            closeWait = null;
        }
        connection.forgetIdentity();
    }

    /** The peer has ended its half while we are closing. */
    void peerEndedWhileClosing() {
        if (connection.state() == ConnectionState.LINGERING) {
            finish(false);
        }
    }

    /** So many more bytes were received, and are thrown away. */
    void discard(int bytes) {
        discarded += bytes;
        if (graceful != null && discarded > graceful.discard()) {
            LOG.debug("{} sends on while it is being closed: {} bytes discarded", connection, discarded);
            finish(true);
        }
    }

    /** What is in flight is finished, then the connection ends for this reason. */
    void drain(CloseReason why) {
        if (isDraining()) {
            return;
        }
        draining = true;
        if (connection.handler() != null) {
            connection.call(() -> connection.handler().onDrain());
        }
        // Before it may end: what lies unread is in flight, too.
        connection.reading().readPending();
        drainingFor = why;
        endIfDone();
    }

    /** True once it is ending, or is to end as soon as nothing is in flight. */
    boolean isDraining() {
        return draining || connection.state().isClosing();
    }

    /** Ends the connection when nothing is in flight any more and someone waits for that. */
    void endIfDone() {
        if (connection.state().isClosing()
                || connection.isAtWork()
                || connection.bytesQueued() > 0
                || connection.isInCall()) {
            return;
        }
        if (connection.state() == ConnectionState.HALF_CLOSED
                && (connection.isOfRequests() || halfClose() == HalfClose.ANSWER_THEN_CLOSE)) {
            close(CloseReason.of(Cause.PEER_CLOSED));
        } else if (connection.hasReplied()) {
            close(CloseReason.of(Cause.CLOSED, "the one reply of connection-mode short has gone"));
        } else if (connection.isConversationOver()) {
            close(CloseReason.of(Cause.CLOSED, "the codec has come to the end of the conversation"));
        } else if (drainingFor != null && !connection.reading().isBusy()) {
            close(drainingFor);
        }
    }

    /** Everything that was queued has been taken by the system, in state {@link ConnectionState#FLUSHING}. */
    void queueEmptied() {
        if (graceful != null) {
            endOutput();
        }
    }

    /** The outermost call into the protocol has returned: if the connection ended inside it, the handler hears of it now. */
    void callEnded() {
        if (connection.state() == ConnectionState.CLOSED) {
            tell();
        } else {
            endIfDone();
        }
    }

    private void begin(CloseReason why, Plan plan) {
        reason = why.in(connection.phase());
        switch (plan) {
            case Graceful steps -> {
                beginFlushing(steps);
                if (connection.state() != ConnectionState.CLOSED) {
                    flushOrEndOutput();
                }
            }
            case Force force -> {
                if (connection.hasReplied()) {
                    // Who asked more than once for the one reply is to get it: of what lies unread the system makes a
                    // reset.
                    connection.become(ConnectionState.FLUSHING);
                    connection.writing().flushNow();
                    connection.reading().discardFromNowOn();
                    connection.reading().discardPending();
                }
                finish(false);
            }
            case ClosePolicy.Reset reset -> finish(true);
        }
    }

    /**
     * No more input is decoded, and the goodbye is said. The connection may be over afterwards: it was found to be lost, the goodbye
     * passed the hard mark, or its maker ended the connection.
     */
    private void beginFlushing(Graceful steps) {
        graceful = steps;
        connection.become(ConnectionState.FLUSHING);
        serveNoMore();
        connection.reading().discardFromNowOn();
        sayGoodbye();
    }

    private void flushOrEndOutput() {
        if (connection.bytesQueued() == 0) {
            endOutput();
        } else {
            limit(graceful.flush(), this::flushedLongEnough);
            connection.writing().markDirty();
        }
    }

    /** Whom Weir sends away is told, where the protocol or the codec has a word for it. */
    private void sayGoodbye() {
        if (reason.who() == Who.POLICY || reason.who() == Who.OPERATOR) {
            long owed = connection.bytesQueued();
            connection.call(() -> connection.sayGoodbye(reason));
            goodbyeBytes = Math.max(0, connection.bytesQueued() - owed);
        }
    }

    /** True when the system has taken all that the peer was owed, and nothing of a goodbye that is to follow it. */
    private boolean isGoodbyeAllThatIsLeft() {
        return goodbyeBytes > 0 && connection.bytesQueued() == goodbyeBytes;
    }

    /** Sending has taken long enough. A goodbye is not worth the reset that would destroy what the system still has to deliver. */
    private void flushedLongEnough() {
        if (isGoodbyeAllThatIsLeft() && connection.writing().drop()) {
            LOG.debug("{} ends without a goodbye, for which there was no room", connection);
            endOutput();
        } else {
            finish(true);
        }
    }

    private void endOutput() {
        if (connection.reading().isEnded() && connection.socket().endsByClose()) {
            finish(false);
            return;
        }
        try {
            connection.socket().shutdownOutput();
        } catch (TransportException e) {
            // The peer was faster: there is no half left to end.
            LOG.debug("{}: ending our half: {}", connection, e.toString());
            finish(false);
            return;
        }
        if (connection.reading().isEnded()) {
            finish(false);
            return;
        }
        connection.become(ConnectionState.LINGERING);
        limit(graceful.fin(), this::cutShort);
    }

    private void limit(Duration most, Runnable then) {
        cancelLimit();
        limit = connection.loop().schedule(most, then);
    }

    /** The ending has taken long enough. */
    private void cutShort() {
        if (connection.state() == ConnectionState.FLUSHING) {
            flushedLongEnough();
        }
        if (connection.state() == ConnectionState.LINGERING) {
            // All is with the system, which goes on delivering it; only a reset, ours or that for unread input, would
            // destroy it.
            connection.reading().discardPending();
            finish(false);
        } else {
            finish(true);
        }
    }

    private void cancelLimit() {
        if (limit != null) {
            limit.cancel();
            limit = null;
        }
    }

    @SuppressWarnings("CatchingUnchecked") // The border between Weir's code and a plugin's.
    private Plan plan(CloseReason why) {
        if (connection.state() == ConnectionState.OPENING) {
            return FORCE;
        }
        try {
            return Objects.requireNonNull(connection.profile().close().plan(connection, why), "no plan");
        } catch (Throwable e) {
            Fatal.rethrow(e);
            LOG.error("the close policy of {} failed; closing by force", connection, e);
            return FORCE;
        }
    }

    @SuppressWarnings("CatchingUnchecked") // The border between Weir's code and a plugin's.
    private HalfClose halfClose() {
        try {
            return Objects.requireNonNull(connection.profile().close().halfClose(), "no answer");
        } catch (Throwable e) {
            Fatal.rethrow(e);
            LOG.error("the close policy of {} failed; its half-close closes", connection, e);
            return HalfClose.CLOSE;
        }
    }

    /** @param abort with a reset; so it is, too, when bytes are left, that the peer may not take a cut-off reply for a whole one */
    private void finish(boolean abort) {
        if (connection.state() == ConnectionState.CLOSED) {
            return;
        }
        long unsent = connection.bytesQueued();
        boolean isLoss = isLoss(isGoodbyeAllThatIsLeft() ? 0 : unsent);
        reason = reason.unsent(unsent);
        connection.become(ConnectionState.CLOSED);
        serveNoMore();
        cancelLimit();
        // Counted first: the last connection to be disposed of ends the drain, which then reads the counts.
        connection.metrics().closed(reason.cause()).increment();
        connection.metrics().bytesUnsent.add(unsent);
        if (isLoss) {
            connection.metrics().repliesLost.increment();
        }
        LOG.debug("{} ended: {}", connection, reason);
        if (reason.cause() != Cause.REFUSED || connection.handler() != null) {
            connection.profile().endings().add(connection, reason);
        }
        connection.dispose(abort || unsent > 0);
        connection.ended();
        if (!connection.isInCall()) {
            tell();
        }
    }

    /** True when a peer that did nothing wrong does not get what it was owed. */
    private boolean isLoss(long unsent) {
        return switch (reason.who()) {
            case PEER -> false;
            case PROTOCOL -> unsent > 0 && reason.cause() != Cause.ABORTED;
            case OPERATOR -> unsent > 0 || connection.isAtWork();
            case POLICY -> unsent > 0 && reason.cause() != Cause.REFUSED;
            case ENVIRONMENT, BUG -> unsent > 0;
        };
    }

    @SuppressWarnings("CatchingUnchecked") // The border between Weir's code and a plugin's.
    private void tell() {
        if (told) {
            return;
        }
        told = true;
        connection.enter();
        try {
            if (connection.handler() != null) {
                connection.handler().onClosed(reason);
            }
        } catch (Throwable thrown) {
            connection.threw(thrown);
        } finally {
            connection.leaveForGood();
        }
        connection.disposeCodec();
    }
}
