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
    /** A socket is reported although it was closed since the poll began. */
    STALE_REPORT,
    /** Before the one that waits came a stranger who was gone before it was accepted: ECONNABORTED. Nobody else is harmed. */
    ABORTED_ACCEPT,
    /** Accept cannot tell who the peer is. */
    UNKNOWN_PEER,
    /** There is no descriptor: EMFILE when the limit is reached, ENFILE at the seed's will. */
    NO_DESCRIPTOR,
    /** The descriptor of a closed socket comes free with the next poll, and not at once. */
    LATE_DESCRIPTOR
}
