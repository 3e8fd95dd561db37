package dev.weir.fault;

import java.util.Optional;

/**
 * Why a connection ended. Every connection gets exactly one, which its handler, the log and the counters see alike.
 *
 * @param cause what ended it; it also says who did
 * @param phase how far the connection had come when the ending began
 * @param errno the system call's error, where one was the cause
 * @param bytesUnsent bytes that were accepted for sending and never taken by the operating system
 * @param detail one more fact for the reader of a log ("frame of 9000000 bytes, limit 1048576"), or empty
 */
public record CloseReason(Cause cause, Phase phase, Optional<Errno> errno, long bytesUnsent, String detail) {

    /** Who ended a connection. */
    public enum Who {
        PEER,
        PROTOCOL,
        POLICY,
        OPERATOR,
        ENVIRONMENT,
        BUG
    }

    /** How far a connection had come. */
    public enum Phase {
        /** Accepted, not yet shown to the protocol. */
        OPENING,
        /** Open both ways. */
        OPEN,
        /** The peer has ended its half; replies may still go out. */
        HALF_CLOSED,
        /** The ending had begun: flushing, or waiting for the peer's end. */
        CLOSING
    }

    /** What ended a connection. */
    public enum Cause {
        /** The peer ended its half and everything owed to it was sent. */
        PEER_CLOSED(Who.PEER),
        /** The peer reset the connection (ECONNRESET). */
        PEER_RESET(Who.PEER),
        /** The peer was gone when Weir wrote to it (EPIPE). */
        PEER_GONE(Who.PEER),
        /** The peer sent what the codec forbids. */
        PROTOCOL_ERROR(Who.PEER),
        /** The protocol closed it. */
        CLOSED(Who.PROTOCOL),
        /** The protocol aborted it. */
        ABORTED(Who.PROTOCOL),
        /** A heartbeat policy saw no progress. */
        IDLE(Who.POLICY),
        /** A heartbeat policy's pings went unanswered. */
        UNRESPONSIVE(Who.POLICY),
        /** A deadline policy saw a phase take too long. */
        DEADLINE(Who.POLICY),
        /** A backpressure policy gave up on a peer that does not read. */
        SLOW_READER(Who.POLICY),
        /** An admission policy refused it. */
        REFUSED(Who.POLICY),
        /** A descriptor policy took its descriptor. */
        EVICTED(Who.POLICY),
        /** Another connection of the same client came, or was there already ({@code Session.identify}). */
        DUPLICATE(Who.POLICY),
        /** The server was drained and nothing was in flight. */
        DRAINED(Who.OPERATOR),
        /** The drain's deadline passed with work in flight. */
        DRAIN_DEADLINE(Who.OPERATOR),
        /** The process was told to end at once. */
        STOPPED(Who.OPERATOR),
        /** The network gave up (ETIMEDOUT, EHOSTUNREACH, ENETUNREACH). */
        NETWORK(Who.ENVIRONMENT),
        /** Any other failure of a system call. */
        IO_ERROR(Who.ENVIRONMENT),
        /** The protocol, the codec or a policy threw. */
        FAILED(Who.BUG);

        private final Who who;

        Cause(Who who) {
            this.who = who;
        }

        /** Who this cause lays the ending on. */
        public Who who() {
            return who;
        }
    }

    /** A reason of a plain kind, in phase OPEN, with nothing unsent. The engine fills in phase and bytes. */
    public static CloseReason of(Cause cause) {
        return new CloseReason(cause, Phase.OPEN, Optional.empty(), 0, "");
    }

    /** As {@link #of(Cause)} with one more fact. */
    public static CloseReason of(Cause cause, String detail) {
        return new CloseReason(cause, Phase.OPEN, Optional.empty(), 0, detail);
    }

    /** The reason that a failed receive or send stands for, by its error number. */
    public static CloseReason of(Errno errno) {
        Cause cause = switch (errno) {
            case ECONNRESET, ECONNABORTED -> Cause.PEER_RESET;
            case EPIPE -> Cause.PEER_GONE;
            case ETIMEDOUT, EHOSTUNREACH, ENETUNREACH, ENETDOWN, EHOSTDOWN -> Cause.NETWORK;
            default -> Cause.IO_ERROR;
        };
        return new CloseReason(cause, Phase.OPEN, Optional.of(errno), 0, errno.text());
    }

    /** Who ended the connection. */
    public Who who() {
        return cause.who();
    }

    /** True when the ending is the usual one: nothing was lost and nobody is to blame. */
    public boolean isOrderly() {
        return switch (cause) {
            case PEER_CLOSED, CLOSED, DRAINED -> bytesUnsent == 0;
            default -> false;
        };
    }

    /** This reason, begun in another phase. */
    public CloseReason in(Phase where) {
        return new CloseReason(cause, where, errno, bytesUnsent, detail);
    }

    /** This reason with a count of bytes that were lost. */
    public CloseReason unsent(long bytes) {
        return new CloseReason(cause, phase, errno, bytes, detail);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(64).append(cause).append(" in ").append(phase);
        errno.ifPresent(e -> text.append(", ").append(e));
        if (bytesUnsent > 0) {
            text.append(", ").append(bytesUnsent).append(" bytes unsent");
        }
        if (!detail.isEmpty()) {
            text.append(": ").append(detail);
        }
        return text.toString();
    }
}
