package dev.weir.engine;

import dev.weir.fault.CloseReason;
import dev.weir.fault.CloseReason.Cause;
import dev.weir.lifecycle.BackpressurePolicy.Action;
import dev.weir.lifecycle.BackpressurePolicy.CloseAfter;
import dev.weir.lifecycle.BackpressurePolicy.CloseNow;
import dev.weir.lifecycle.BackpressurePolicy.Coalesce;
import dev.weir.lifecycle.BackpressurePolicy.DropOldest;
import dev.weir.lifecycle.BackpressurePolicy.LetBe;
import dev.weir.lifecycle.BackpressurePolicy.PauseReading;
import dev.weir.protocol.Coalescing;
import dev.weir.time.Timer;
import java.time.Duration;
import java.util.Optional;

/** What is done about a peer that does not read, from the crossing of the high watermark to the low one. Used on its loop. */
final class Pressure {
    private final SocketConnection connection;
    private final WriteQueue queue;
    private Action action = new LetBe();
    private Timer limit;

    Pressure(SocketConnection connection, WriteQueue queue) {
        this.connection = connection;
        this.queue = queue;
    }

    /** Does what the policy wants. */
    void begin(Action wanted) {
        action = wanted;
        switch (wanted) {
            case PauseReading pause -> connection.reading().pauseForPressure();
            case LetBe letBe -> {
                // The protocol sees isWritable() and hears onWritable().
            }
            case CloseNow close -> giveUp("at once");
            case CloseAfter(var after) -> {
                connection.reading().pauseForPressure();
                limit = connection.loop().schedule(after, () -> giveUp("not taken for " + text(after)));
            }
            case DropOldest drop -> queue.keepApart();
            case Coalesce coalesce -> queue.keepApart();
        }
    }

    /** Undoes it: the queue is at the low watermark. */
    void end() {
        cancel();
        connection.reading().resumeFromPressure();
    }

    /** What may happen to a message that is about to be queued. */
    Object keyOf(Object message) {
        Optional<Coalescing<Object>> coalescing = connection.protocol().coalescing();
        if (connection.state().isClosing() || (coalescing.isEmpty() && action instanceof Coalesce)) {
            return WaitingMessages.MUST_ARRIVE;
        }
        if (coalescing.isEmpty()) {
            return WaitingMessages.DROPPABLE;
        }
        Optional<Object> key = coalescing.get().key(message);
        if (key.isEmpty()) {
            return WaitingMessages.MUST_ARRIVE;
        }
        return action instanceof Coalesce ? key.get() : WaitingMessages.DROPPABLE;
    }

    /** A message was queued: makes room for it. */
    void relieve() {
        if (connection.state().isClosing()) {
            return;
        }
        long keep = 0;
        if (action instanceof DropOldest drop) {
            keep = drop.keep();
            connection.metrics().messagesDropped.add(queue.dropOldest(keep));
        } else if (action instanceof Coalesce coalesce) {
            keep = coalesce.keep();
        }
        if (queue.apart().keptCost() > keep) {
            connection.reading().pauseForPressure();
        }
    }

    /** Takes its timer back. */
    void cancel() {
        if (limit != null) {
            limit.cancel();
            limit = null;
        }
    }

    private void giveUp(String when) {
        String detail = queue.bytes() + " bytes queued, " + when;
        connection.closing().force(CloseReason.of(Cause.SLOW_READER, detail));
    }

    private static String text(Duration time) {
        return time.toMillis() + "ms";
    }
}
