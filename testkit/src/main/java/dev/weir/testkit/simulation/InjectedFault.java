package dev.weir.testkit.simulation;

/** What a simulated network does to its callers at the seed's will. Each is within what the transport SPI allows. */
public enum InjectedFault {
    /** A receive gives less than there is, although there is room. What is left arrives later, unless the end was announced. */
    SHORT_READ,
    /** A receive gives nothing although bytes were reported. They arrive later. */
    READ_WOULD_BLOCK,
    /** A receive gives less than the socket has; the rest is never announced, only {@code holdsInput} tells of it. */
    HELD_INPUT,
    /** A receive lends a buffer of the transport's. */
    LENT_BUFFER,
    /** A send takes less than there is room for. */
    SHORT_WRITE,
    /** A send takes nothing although there is room. */
    WRITE_WOULD_BLOCK,
    /** A send answers PENDING; what it took is reported in a later poll, after a submit. */
    PENDING_SEND,
    /** A socket is reported ready for what is asked of it, and is not. */
    SPURIOUS_REPORT,
    /** An edge-like poller reports what is true and was not asked for. */
    UNASKED_REPORT,
    /** What is ready is not reported in this poll but in a later one. */
    LATE_REPORT,
    /** What is ready together is reported in another order than that of registration. */
    REORDERED_REPORTS,
    /** A socket is reported although it was closed since the poll began. */
    STALE_REPORT,
    /** The token of a stale report has the slot of a socket that was registered since. Comes with {@link #STALE_REPORT}. */
    RECYCLED_SLOT,
    /** A poll ends with nothing to report, whatever is ready: EINTR. */
    INTERRUPTED_POLL,
    /** Accept is interrupted before it has looked at its queue: EINTR. */
    INTERRUPTED_ACCEPT,
    /**
     * Before the one that waits came a stranger who was gone before it was accepted: ECONNABORTED and EPROTO in turn (accept(2), "Error
     * handling"). Nobody else is harmed.
     */
    ABORTED_ACCEPT,
    /** Accept cannot tell who the peer is. */
    UNKNOWN_PEER,
    /** The process has no descriptor: EMFILE, when its limit is reached and at the seed's will. */
    NO_DESCRIPTOR,
    /** The host has no descriptor: accept says ENFILE. */
    NO_FILE,
    /** The kernel has no room for a socket: accept says ENOBUFS. */
    NO_BUFFER,
    /** The kernel has no memory at all: accept says ENOMEM. */
    NO_MEMORY,
    /** The descriptor of a closed socket comes free with the next poll, and not at once. */
    LATE_DESCRIPTOR,
    /** A peer ends its half by itself. */
    PEER_HALF_CLOSE,
    /** A peer resets its connection by itself. */
    PEER_RESET;

    /** True when accept is refused for want of something: who waits goes on waiting until it is tried again. */
    public boolean isExhaustion() {
        return this == NO_DESCRIPTOR || this == NO_FILE || this == NO_BUFFER || this == NO_MEMORY;
    }

    /** True when a peer does what its test has not told it to, so that not all bytes arrive. */
    public boolean isPeers() {
        return this == PEER_HALF_CLOSE || this == PEER_RESET;
    }
}
