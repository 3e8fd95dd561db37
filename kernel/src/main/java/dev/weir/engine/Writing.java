package dev.weir.engine;

import dev.weir.codec.Encoder;
import dev.weir.connection.ConnectionState;
import dev.weir.fault.CloseReason;
import dev.weir.fault.CloseReason.Cause;
import dev.weir.loop.Continuation;
import dev.weir.loop.EndOfTurn;
import dev.weir.transport.StreamSocket;
import dev.weir.transport.TransportException;
import io.netty.util.ReferenceCountUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection's output: encoding into the queue, one send once all that had arrived is handled, watermarks. */
final class Writing implements EndOfTurn, Continuation {
    private static final Logger LOG = LoggerFactory.getLogger(Writing.class);

    /** Sends a turn for one connection; what is left goes in the next turn. */
    private static final int MOST_SENDS = 16;

    /** Bytes a turn for one connection, about: a file that is read from a disk holds up the others. */
    private static final long MOST_BYTES = 1024 * 1024;

    private final SocketConnection connection;
    /** What is to be sent; null while nothing is. */
    private WriteQueue queue;

    /** True from the first message that is queued to the flush of this turn. */
    private boolean dirty;
    /** True while the rest waits for the next turn, as this one's share is used up. */
    private boolean cutOff;

    private boolean blocked;
    private boolean pending;
    /** True while something of the protocol's was queued of whose sending the handler has not heard. */
    private boolean incomplete;
    /** True when the handler has something to do when all is sent. */
    private boolean tells;

    private long sent;
    private long lastNanos;

    Writing(SocketConnection connection) {
        this.connection = connection;
        this.lastNanos = connection.openedNanos();
    }

    /** Whether the handler is to hear that all is sent. */
    void tells(boolean wanted) {
        tells = wanted;
    }

    /**
     * Encodes a message into the queue; takes it.
     *
     * @throws IllegalArgumentException when the codec cannot say it; nothing of it is queued
     */
    void send(Encoder<Object> encoder, Object message) {
        Object key = queue != null && queue.keepsApart() ? keyOf(message) : null;
        if (connection.state() == ConnectionState.CLOSED) {
            // Whoever told the key has ended the connection.
            ReferenceCountUtil.release(message);
            return;
        }
        boolean hasGone = encode(encoder, message, key);
        incomplete |= hasGone || !isEmpty();
    }

    /** As {@link #send}, for what the engine says of its own accord: it must arrive, and the handler does not hear that it has gone. */
    void sendOwn(Encoder<Object> encoder, Object message) {
        encode(encoder, message, WaitingMessages.MUST_ARRIVE);
    }

    /**
     * @param key where messages are kept apart, what may happen to this one
     * @return true when a part of it was sent already
     */
    private boolean encode(Encoder<Object> encoder, Object message, Object key) {
        connection.enter();
        try {
            connection.codecWorked();
            return encodeInCall(encoder, message, key);
        } finally {
            connection.leave();
        }
    }

    private boolean encodeInCall(Encoder<Object> encoder, Object message, Object key) {
        if (queue == null) {
            queue = spares().take(connection.loop().allocator());
        }
        WriteQueue into = queue;
        boolean apart = into.keepsApart();
        boolean whole = false;
        boolean replaced = false;
        into.begin(maySend() && connection.socket().sendsAtOnce());
        try {
            encoder.encode(message, into);
            if (apart) {
                replaced = into.commit(key);
            } else {
                into.commit();
            }
            whole = true;
        } finally {
            if (!whole) {
                into.rollback();
                tellOfChange();
                letGo();
            }
        }
        if (queue != into) {
            // The encoder has ended the connection.
            into.clear();
            return false;
        }
        tellOfChange();
        if (apart) {
            connection.metrics().messagesCoalesced.add(replaced ? 1 : 0);
            relieve();
        }
        boolean borrows = into.borrows();
        if (borrows) {
            sendBorrowed();
        }
        checkMarks();
        markDirty();
        return borrows;
    }

    private boolean maySend() {
        return !blocked && !pending && connection.state().isSendable();
    }

    /**
     * Offers a large lent buffer from where it lies, which costs less than a copy; what the system does not take is copied. A lost
     * connection is met again by the flush that follows: nobody's {@code onClosed} is to come within a send to him.
     */
    private void sendBorrowed() {
        try {
            sendOnce();
        } catch (TransportException e) {
            LOG.debug("{}: a send within a call: {}", connection, e.toString());
        } catch (RuntimeException e) {
            connection.closing().broken(e);
        }
        if (queue == null) {
            return;
        }
        queue.keepBorrowed();
        tellOfChange();
        if (blocked) {
            noteUnsent();
            connection.updateInterest();
        }
    }

    private void relieve() {
        queue.pressure().relieve();
        tellOfChange();
    }

    private WriteQueues spares() {
        return connection.siblings().spareQueues();
    }

    /** Lets the queue go once there is nothing in it: the next who has something to send takes it. */
    private void letGo() {
        if (queue != null && queue.isFree() && !pending) {
            queue.unsent().none();
            spares().giveBack(queue);
            queue = null;
        }
    }

    private Object keyOf(Object message) {
        boolean known = false;
        try {
            Object key = queue.pressure().keyOf(message);
            known = true;
            return key;
        } finally {
            if (!known) {
                // The protocol threw, and the message is the engine's.
                ReferenceCountUtil.release(message);
            }
        }
    }

    /** The poller says that there may be room. */
    void ready() {
        if (blocked) {
            blocked = false;
            flush();
            connection.updateInterest();
        }
    }

    /** A pending send is done. */
    void sent(long bytes) {
        pending = false;
        took(bytes, connection.nanoTime());
        flush();
        connection.updateInterest();
    }

    @Override
    public void turnEnds() {
        flushIfDirty();
    }

    /** Sends what was queued since the last time, where that has not been done. */
    void flushIfDirty() {
        if (dirty) {
            dirty = false;
            flush();
            connection.updateInterest();
        }
    }

    /** Sends what is queued without waiting for the end of the turn. */
    void flushNow() {
        flush();
    }

    /** Drops what is queued. @return false, and nothing is dropped, while a send is pending: it may have taken a part */
    boolean drop() {
        if (pending) {
            return false;
        }
        if (queue != null) {
            queue.clear();
            tellOfChange();
        }
        return true;
    }

    /** Lets the queue be sent when all that had arrived is handled, or at the end of the turn. */
    void markDirty() {
        if (!dirty && !cutOff && !blocked && !pending && connection.state() != ConnectionState.CLOSED) {
            dirty = true;
            if (!connection.reading().flushesAtItsEnd()) {
                connection.loop().atEndOfTurn(this);
            }
        }
    }

    private void goOnInNextTurn() {
        if (!cutOff) {
            cutOff = true;
            connection.loop().again(this);
        }
    }

    @Override
    public void proceed() {
        cutOff = false;
        flush();
        connection.updateInterest();
    }

    private void flush() {
        if (connection.state() == ConnectionState.CLOSED || blocked || pending) {
            return;
        }
        try {
            long before = sent;
            for (int sends = 0; !isEmpty() && !blocked && !pending; sends++) {
                if (sends == MOST_SENDS || sent - before >= MOST_BYTES) {
                    goOnInNextTurn();
                    break;
                }
                sendOnce();
            }
        } catch (TransportException e) {
            connection.closing().lost(e);
            return;
        } catch (RuntimeException e) {
            connection.closing().broken(e);
            return;
        }
        if (memory() <= connection.profile().watermarks().low()) {
            belowLow();
        }
        noteUnsent();
        // First: what the handler says next may need one.
        letGo();
        if (isEmpty() && incomplete) {
            incomplete = false;
            if (tells) {
                completed();
            }
        }
        if (isEmpty()) {
            connection.queueEmptied();
        }
    }

    @SuppressWarnings("CatchingUnchecked") // The border between Weir's code and a plugin's.
    private void completed() {
        if (!connection.state().isSendable()) {
            return;
        }
        // Not by call(): this comes with every reply, and a lambda may cost an object.
        connection.enter();
        try {
            connection.handler().onWriteComplete();
        } catch (Throwable thrown) {
            connection.threw(thrown);
        } finally {
            connection.leave();
        }
    }

    private void noteUnsent() {
        if (!isEmpty()) {
            queue.unsent().some(connection.nanoTime(), sent);
        } else if (queue != null) {
            queue.unsent().none();
        }
    }

    private void sendOnce() throws TransportException {
        long offered = queue.offered();
        // Before: what the peer does on receiving it, on whatever connection, comes later, also by a reading taken
        // elsewhere.
        long now = connection.nanoTime();
        boolean offersFile = queue.offersFile();
        long taken = connection.socket().send(queue);
        if (offersFile) {
            connection.loop().timePassed(); // It may have come from a disk.
        }
        if (connection.socket().holdsInput()) {
            // A send that had to read first may have found bytes, or the end, of which no event will tell.
            connection.reading().lookAgain();
        }
        if (taken == StreamSocket.PENDING) {
            queue.pin();
            pending = true;
            return;
        }
        // A short send says that the socket is full. Before a file it may only mean that the file is another call.
        blocked = taken < offered && (taken == StreamSocket.WOULD_BLOCK || !offersFile);
        took(taken, now);
    }

    private void took(long bytes, long nowNanos) {
        if (bytes > 0) {
            queue.advance(bytes);
            tellOfChange();
            sent += bytes;
            lastNanos = nowNanos;
            connection.metrics().bytesSent.add(bytes);
        }
    }

    /** What the queue takes is told since it was told last. */
    private void tellOfChange() {
        if (queue != null) {
            long now = queue.memory();
            if (now != queue.told()) {
                connection.siblings().queued().changed(now, now - queue.told());
                queue.told(now);
            }
        }
    }

    private void checkMarks() {
        if (queue == null) {
            return;
        }
        Watermarks marks = connection.profile().watermarks();
        if (queue.memory() > marks.hard()) {
            String detail = queue.memory() + " bytes of memory queued, hard limit " + marks.hard();
            connection.closing().force(CloseReason.of(Cause.SLOW_READER, detail));
        } else if (queue.memory() > marks.high()
                && queue.pressure() == null
                && connection.state().isSendable()) {
            Pressure pressure = new Pressure(connection, queue);
            queue.pressure(pressure);
            connection.call(
                    () -> pressure.begin(connection.profile().backpressure().onHigh(connection)));
        }
    }

    private void belowLow() {
        if (!isUnderPressure()) {
            return;
        }
        Pressure over = queue.pressure();
        queue.pressure(null);
        queue.joinTogether();
        tellOfChange();
        over.end();
        if (connection.state().isSendable()) {
            connection.call(() -> connection.handler().onWritable());
        }
    }

    boolean isBlocked() {
        return blocked;
    }

    boolean isWritable() {
        // False for one that is over, though it has no queue: who sends as long as there is room is to come to an end.
        return connection.state() != ConnectionState.CLOSED && !isUnderPressure();
    }

    private boolean isUnderPressure() {
        return queue != null && queue.pressure() != null;
    }

    long queued() {
        return queue == null ? 0 : queue.bytes();
    }

    private boolean isEmpty() {
        return queue == null || queue.isEmpty();
    }

    /** Bytes of memory that what waits takes. */
    long memory() {
        return queue == null ? 0 : queue.memory();
    }

    long sent() {
        return sent;
    }

    long queuedSinceNanos() {
        return hasUnsent() ? queue.unsent().sinceNanos() : connection.nanoTime();
    }

    /** What was sent so far is judged. */
    void countAnew(long nowNanos) {
        if (hasUnsent()) {
            queue.unsent().none();
            queue.unsent().some(nowNanos, sent);
        }
    }

    long sentSinceQueued() {
        return hasUnsent() ? sent - queue.unsent().sentBefore() : 0;
    }

    private boolean hasUnsent() {
        return queue != null && queue.unsent().isAny();
    }

    long lastNanos() {
        return lastNanos;
    }

    void dispose() {
        if (queue == null) {
            return;
        }
        if (queue.pressure() != null) {
            queue.pressure().cancel();
        }
        connection.siblings().queued().changed(0, -queue.told());
        queue.told(0);
        queue.clear();
        // Not to another: who ended the connection may be in the middle of a send of it, or of a message for it.
        queue = null;
    }
}
