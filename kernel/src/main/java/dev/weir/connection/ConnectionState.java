package dev.weir.connection;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;

/**
 * How far a connection has come. The legal moves are data: see {@link #mayBecome}.
 *
 * <pre>
 *   OPENING ──► OPEN ──► HALF_CLOSED
 *      │          │           │
 *      │          ├───────────┤
 *      │          ▼           │
 *      │       FLUSHING ◄─────┤   no more input is decoded; what is queued still goes out
 *      │          │           │
 *      │          ▼           │
 *      │       LINGERING      │   our half is ended; waiting for the peer's end
 *      │          │           │
 *      └──────► CLOSED ◄──────┘
 * </pre>
 */
public enum ConnectionState {
    /** Accepted, not yet shown to the protocol. */
    OPENING(true),
    /** Open both ways. */
    OPEN(true),
    /** The peer has ended its half; ours is open. */
    HALF_CLOSED(true),
    /** Closing: queued bytes still go out, input is discarded. */
    FLUSHING(false),
    /** Closing: our half is ended; the peer's bytes are discarded until its end. */
    LINGERING(false),
    /** Over. The descriptor is given back. */
    CLOSED(false);

    private static final Map<ConnectionState, EnumSet<ConnectionState>> NEXT = new EnumMap<>(Map.of(
            OPENING, EnumSet.of(OPEN, FLUSHING, LINGERING, CLOSED),
            OPEN, EnumSet.of(HALF_CLOSED, FLUSHING, LINGERING, CLOSED),
            HALF_CLOSED, EnumSet.of(FLUSHING, LINGERING, CLOSED),
            FLUSHING, EnumSet.of(LINGERING, CLOSED),
            LINGERING, EnumSet.of(CLOSED),
            CLOSED, EnumSet.noneOf(ConnectionState.class)));

    private final boolean sendable;

    ConnectionState(boolean sendable) {
        this.sendable = sendable;
    }

    /** True for a state that may follow this one. */
    public boolean mayBecome(ConnectionState other) {
        return NEXT.get(this).contains(other);
    }

    /** True while the protocol may send. */
    public boolean isSendable() {
        return sendable;
    }

    /** True from the moment an ending has begun. */
    public boolean isClosing() {
        return !sendable;
    }
}
