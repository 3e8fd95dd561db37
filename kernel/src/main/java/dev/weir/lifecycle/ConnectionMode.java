package dev.weir.lifecycle;

/** How many replies a connection is for. */
public enum ConnectionMode {
    /** As many as the peer asks for. */
    LONG,
    /** One: then Weir closes it by the server's close policy. */
    SHORT
}
