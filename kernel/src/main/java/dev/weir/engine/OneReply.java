package dev.weir.engine;

/**
 * What connection-mode short asks of a connection: one request, one whole reply, the end. Nothing further is decoded while a reply is
 * held, nor once one was sent, so that a second request which came along gets no part of an answer. Owned by the connection's loop.
 */
final class OneReply {
    private final SocketConnection connection;
    private boolean asked;
    private boolean sent;

    OneReply(SocketConnection connection) {
        this.connection = connection;
    }

    /** A message is about to be handed to the protocol. What it sent before, a greeting say, was no reply. */
    void asked() {
        asked = true;
    }

    /** The protocol has sent something. */
    void sent() {
        sent |= asked;
    }

    /** A call into the protocol has returned, or a hold was released. */
    void look() {
        if (asked && !connection.state().isClosing()) {
            // A request that comes in parts is taken in to its end.
            connection.reading().pauseForReply((sent || connection.isAtWork()) && !connection.isInsideMessage());
        }
    }

    /** Whether there is a reply, which is whole when nothing is held and no code of the protocol runs. */
    boolean isSent() {
        return sent;
    }
}
