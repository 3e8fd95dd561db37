package dev.weir.protocols.http1;

import dev.weir.protocol.Session;
import io.netty.buffer.ByteBuf;

/**
 * One request's answer, while it is under way. {@link #send} and {@link #request} may be used on any thread, all else on the
 * connection's loop.
 */
public final class Exchange {

    /** Hears the pieces of a body. */
    @FunctionalInterface
    public interface BodyListener {

        /**
         * A piece has come. On the connection's loop.
         *
         * @param bytes lent until this returns; may be empty
         * @param isLast whether the body ends with it
         */
        void piece(ByteBuf bytes, boolean isLast);
    }

    private final RoutedConnection connection;
    private final long number;

    Exchange(RoutedConnection connection, long number) {
        this.connection = connection;
        this.number = number;
    }

    /** The number of the request. */
    public long request() {
        return number;
    }

    /** The connection's session, for timers, pausing, and the peer's address. */
    public Session<HttpResponse> session() {
        return connection.session();
    }

    /**
     * Sends the response, or a part of it. Takes it in every case.
     *
     * @return as {@link Session#send}
     */
    public boolean send(HttpResponse response) {
        return connection.session().send(response.answering(number));
    }

    /** Whether the client takes what is sent; see {@link #onWritable}. */
    public boolean isWritable() {
        return connection.session().isWritable();
    }

    /** What to do when the client, having been slow, has taken most of what was sent. Once; a later call replaces it. */
    public void onWritable(Runnable task) {
        connection.onWritable(task);
    }

    /**
     * Asks for the request's body in pieces. To be called while the request is handled; a request without a body gives no piece, which
     * {@link HttpRequest#isLast} tells beforehand.
     */
    public void onBody(HttpRequest request, BodyListener listener) {
        connection.onBody(request, listener);
    }
}
