package dev.weir.connection;

import dev.weir.transport.Endpoint;

/**
 * A connection as policies and protocols see it. Readings are exact on the connection's loop; other threads may read only {@link
 * #id()}, {@link #server()} and the addresses. Times are readings of the loop's {@link dev.weir.time.Clock}.
 */
public interface Connection {

    /** A number that no other connection of this process has had. */
    long id();

    /** The name of the server that accepted it, as in the configuration. */
    String server();

    /** This end's address: for a server on a wildcard address, the one the peer connected to. */
    Endpoint localAddress();

    /** The peer's address. */
    Endpoint remoteAddress();

    /** How far it has come. */
    ConnectionState state();

    /** When it was accepted. */
    long openedNanos();

    /** When bytes last came in; the opening counts. */
    long lastReadNanos();

    /** When the system last took bytes of ours; the opening counts. */
    long lastWriteNanos();

    /** When a ping was last sent; meaningful while {@link #pingsUnanswered()} is above 0. */
    long lastPingNanos();

    /** Pings sent since the last byte came in. */
    int pingsUnanswered();

    /**
     * When the first byte of a message that is still incomplete came in; of one that comes in parts, when the last 16 KiB of it had
     * come. Time in which reading was paused is left out: the stamp is later by it. Meaningful while {@link #isReceiving()}.
     */
    long undecodedSinceNanos();

    /** Since when the peer's half is ended while ours is open; meaningful in state {@link ConnectionState#HALF_CLOSED}. */
    long halfClosedSinceNanos();

    /** Bytes received so far. */
    long bytesReceived();

    /** Bytes that the system has taken so far. */
    long bytesSent();

    /** Bytes queued for sending that the system has not taken yet. */
    long bytesQueued();

    /**
     * Since when the system has not taken all that was queued, or a policy has counted anew; meaningful while {@link #bytesQueued()} is
     * above 0.
     */
    long queuedSinceNanos();

    /** Bytes that it has taken since then. */
    long bytesSentSinceQueued();

    /** Bytes received that do not make a whole message yet. */
    int undecodedBytes();

    /** True while the peer has a message to finish: bytes of it are undecoded, or it comes in parts and the last was not given yet. */
    boolean isReceiving();

    /**
     * Since when the message that the peer has to finish comes in, or a policy has counted anew; later by the time in which reading was
     * paused. Meaningful while {@link #isReceiving()}.
     */
    long receivingSinceNanos();

    /** Bytes that have come since then. */
    long receivingBytes();

    /** True while nothing is read from it, whoever asked for that. */
    boolean isReadingPaused();

    /** True once it is to end as soon as nothing of it is in flight, or is ending. */
    boolean isDraining();

    /** True when it is for one request and its reply, and ends with that ({@code connection-mode = short}). */
    boolean isForOneReply();

    /** Pieces of work in flight that the protocol holds it open for. */
    int holds();

    /** True while the peer has something to wait for: the protocol holds the connection, or the codec owes a reply. */
    boolean isAtWork();

    /** What the protocol says it is doing ("login"); empty when it says nothing. */
    String protocolPhase();

    /** When that began; meaningful while {@link #protocolPhase()} is not empty. */
    long protocolPhaseSinceNanos();

    /** Who the protocol says is at the other end; empty when it does not say. */
    String identity();
}
