package dev.weir.engine;

import dev.weir.protocol.Pings;
import java.util.Objects;

/** What a connection was asked and has not answered. Made only where the protocol can ask; used on the connection's loop. */
final class Pinging {
    private final SocketConnection connection;
    private final Pings<Object, Object> pings;

    private int sent;
    private long lastNanos;
    /** Bytes that had come in when the last ping went out: one more is an answer. */
    private long receivedBefore;

    Pinging(SocketConnection connection, Pings<Object, Object> pings) {
        this.connection = connection;
        this.pings = pings;
    }

    /**
     * Sends a ping now and not when the turn ends, for what the answer is measured by is the time at which it left. Its codec and the
     * protocol may throw.
     */
    void send() {
        if (!connection.send(Objects.requireNonNull(pings.ping(), "no ping"))) {
            return;
        }
        sent = unanswered() + 1;
        receivedBefore = connection.bytesReceived();
        lastNanos = connection.loop().clock().nanoTime();
        connection.metrics().pingsSent.increment();
        connection.writing().flushNow();
        connection.updateInterest();
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
