package dev.weir.codec;

import java.util.Optional;

/**
 * The peer sent what the codec forbids. The connection is closed as PROTOCOL_ERROR, after a last reply if there is one. Carries no
 * stack: peers cause it at will.
 */
public final class ProtocolViolation extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Object lastReply;

    /** @param what the peer did and what the limit or rule is, in one sentence */
    public ProtocolViolation(String what) {
        this(what, null);
    }

    /** @param lastReply a message of the codec's outbound class, sent before the close; taken as {@code send} takes one */
    public ProtocolViolation(String what, Object lastReply) {
        super(what, null, false, false);
        this.lastReply = lastReply;
    }

    /** The message to send before closing. */
    public Optional<Object> lastReply() {
        return Optional.ofNullable(lastReply);
    }
}
