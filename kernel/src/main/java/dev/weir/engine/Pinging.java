package dev.weir.engine;

import dev.weir.protocol.Pings;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;

/** What a connection was asked and has not answered. Made only where the protocol can ask; used on the connection's loop. */
final class Pinging {
    private final SocketConnection connection;
    private final Pings<Object, Object> pings;

    private int sent;
    private long lastNanos;
    /** Bytes that had come in when the last ping went out: one more is an answer. */
    private long receivedBefore;
    /** True while a ping waits behind what was sent before. */
    private boolean waits;

    Pinging(SocketConnection connection, Pings<Object, Object> pings) {
        this.connection = connection;
        this.pings = pings;
    }

    /**
     * Sends a ping now and not when the turn ends, for what the answer is measured by is the time at which it left. Its codec and the
     * protocol may throw.
     */
    void send() {
        Object ping = Objects.requireNonNull(pings.ping(), "no ping");
        if (!connection.state().isSendable()) {
            // Whoever made the ping has ended the connection.
            ReferenceCountUtil.release(ping);
            return;
        }
        connection.sendOwn(ping);
        sent = unanswered() + 1;
        receivedBefore = connection.bytesReceived();
        lastNanos = connection.nanoTime();
        connection.metrics().pingsSent.increment();
        connection.writing().flushNow();
        connection.updateInterest();
        waits = connection.bytesQueued() > 0;
    }

    /** All that was queued has been taken by the system: the time for an answer to a ping among it begins. */
    void queueEmptied() {
        if (waits) {
            waits = false;
            lastNanos = connection.nanoTime();
        }
    }

    /** Pings since the last byte came in. */
    int unanswered() {
        return connection.bytesReceived() == receivedBefore ? sent : 0;
    }

    long lastNanos() {
        return lastNanos;
    }

    /** True for a message that is an answer, and so none of the handler's. */
    boolean isPong(Object message) {
        return pings.isPong(message);
    }
}
