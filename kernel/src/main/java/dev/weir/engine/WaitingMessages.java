package dev.weir.engine;

import dev.weir.lifecycle.BackpressurePolicy;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;

/** Encoded messages that wait behind the pieces of a {@link WriteQueue}, in order, each of which can be taken out. Used on one loop. */
final class WaitingMessages {
    /** The key of a message that nothing may take out. */
    static final Object MUST_ARRIVE = new Object();

    /** The key of a message that may be dropped for room. */
    static final Object DROPPABLE = new Object();

    /** What one message was encoded to. */
    static final class Message {
        private final Object[] pieces;
        private final long bytes;
        private final long held;

        Message(Object[] pieces, long bytes, long held) {
            this.pieces = pieces;
            this.bytes = bytes;
            this.held = held;
        }

        Object[] pieces() {
            return pieces;
        }

        long bytes() {
            return bytes;
        }

        long held() {
            return held;
        }

        private long cost() {
            return bytes + BackpressurePolicy.MESSAGE_BYTES;
        }
    }

    /** By their keys; those that have none by themselves. */
    private final LinkedHashMap<Object, Message> inOrder = new LinkedHashMap<>();

    private final ArrayDeque<Message> droppable = new ArrayDeque<>();
    private long bytes;
    private long cost;
    private long droppableCost;

    /**
     * Adds a message at the end. Does nothing when the key's {@code equals} or {@code hashCode} throws.
     *
     * @return the older one that it replaces, taken out; or null
     */
    Message add(Message message, Object key) {
        boolean hasKey = key != MUST_ARRIVE && key != DROPPABLE;
        Message older = inOrder.putLast(hasKey ? key : message, message);
        if (older != null) {
            bytes -= older.bytes;
            cost -= older.cost();
        }
        bytes += message.bytes;
        cost += message.cost();
        if (key == DROPPABLE) {
            droppable.add(message);
            droppableCost += message.cost();
        }
        return older;
    }

    /** Takes the oldest out; there must be one. */
    Message takeOldest() {
        Message oldest = inOrder.pollFirstEntry().getValue();
        if (droppable.peekFirst() == oldest) {
            droppable.removeFirst();
            droppableCost -= oldest.cost();
        }
        bytes -= oldest.bytes;
        cost -= oldest.cost();
        return oldest;
    }

    /** Takes the oldest out that may be dropped; null when there is none but perhaps the newest of all, which stays. */
    Message takeOldestDroppable() {
        Message oldest = droppable.peekFirst();
        if (oldest == null || oldest == inOrder.lastEntry().getValue()) {
            return null;
        }
        droppable.removeFirst();
        inOrder.remove(oldest);
        droppableCost -= oldest.cost();
        bytes -= oldest.bytes;
        cost -= oldest.cost();
        return oldest;
    }

    boolean isEmpty() {
        return inOrder.isEmpty();
    }

    int count() {
        return inOrder.size();
    }

    /** Bytes of all. */
    long bytes() {
        return bytes;
    }

    /** What all cost: their bytes, and what keeping them apart takes. */
    long cost() {
        return cost;
    }

    /** What those cost that no room can be made of. */
    long keptCost() {
        return cost - droppableCost;
    }
}
