package dev.weir.connection;

import java.util.Map;
import java.util.Set;

/**
 * How far a connection has come. The legal moves are data: see {@link #next()}.
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
    OPENING,
    /** Open both ways. */
    OPEN,
    /** The peer has ended its half; ours is open. */
    HALF_CLOSED,
    /** Closing: queued bytes still go out, input is discarded. */
    FLUSHING,
    /** Closing: our half is ended; the peer's bytes are discarded until its end. */
    LINGERING,
    /** Over. The descriptor is given back. */
    CLOSED;

    private static final Map<ConnectionState, Set<ConnectionState>> NEXT = Map.of(
            OPENING, Set.of(OPEN, FLUSHING, LINGERING, CLOSED),
            OPEN, Set.of(HALF_CLOSED, FLUSHING, LINGERING, CLOSED),
            HALF_CLOSED, Set.of(FLUSHING, LINGERING, CLOSED),
            FLUSHING, Set.of(LINGERING, CLOSED),
            LINGERING, Set.of(CLOSED),
            CLOSED, Set.of());

    /** The states that may follow this one. */
    public Set<ConnectionState> next() {
        return NEXT.get(this);
    }

    /** True while the protocol may send. */
    public boolean isSendable() {
        return this == OPENING || this == OPEN || this == HALF_CLOSED;
    }

    /** True from the moment an ending has begun. */
    public boolean isClosing() {
        return this == FLUSHING || this == LINGERING || this == CLOSED;
    }
}
