package dev.weir.protocols.http1;

import dev.weir.protocol.Session;
import io.netty.buffer.ByteBuf;

/**
 * One request's answer, while it is under way. {@link #send} and {@link #request} may be used on any thread, all else on the
 * connection's loop, and throws {@link IllegalStateException} elsewhere.
 *
 * <p>What is thrown by the code that was given to {@link #onBody} or {@link #onWritable} counts as thrown by the handler.
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
    private final HttpCodec codec;
    private final long number;

    private volatile boolean hasBegun;
    private volatile boolean isOver;
    private BodyListener bodyListener;
    private Runnable whenWritable;

    Exchange(RoutedConnection connection, HttpRequest request) {
        this.connection = connection;
        this.codec = request.lender();
        this.number = request.number();
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
        HttpResponse.Kind kind = response.kind();
        boolean taken = connection.session().send(response.answering(number));
        // Not before: what cannot be said leaves the answer as it was.
        switch (kind) {
            case INTERIM -> {
                // The answer is still to come.
            }
            case STREAM, PIECE -> hasBegun = true;
            case FULL, END -> isOver = true;
        }
        return taken;
    }

    /** Whether something of the answer has been given to be sent. */
    boolean hasBegun() {
        return hasBegun || isOver;
    }

    /** Whether all of it has. */
    boolean isOver() {
        return isOver;
    }

    /**
     * Whether the client takes what is sent, or, where an earlier request is unanswered still, there is room for this answer to wait; see
     * {@link #onWritable}.
     */
    public boolean isWritable() {
        return connection.session().isWritable() && codec.takesMore(number);
    }

    /**
     * What to do when the client, having been slow, has taken most of what was sent: once, and soon where it is writable already. A
     * later call replaces it. Dropped when the connection ends.
     */
    public void onWritable(Runnable task) {
        boolean isWritableNow = isWritable();
        if (whenWritable == null) {
            connection.awaitWritable(this, isWritableNow);
        }
        whenWritable = task;
    }

    /** The connection is writable. */
    void writable() {
        Runnable task = whenWritable;
        whenWritable = null;
        if (task != null) {
            task.run();
        }
    }

    /**
     * Asks for the request's body in pieces. To be called while the request is handled; a request without a body gives no piece, which
     * {@link HttpRequest#isLast} tells beforehand.
     */
    public void onBody(HttpRequest request, BodyListener listener) {
        bodyListener = listener;
        connection.onBody(request, this);
    }

    /** A piece of the body. */
    void piece(HttpRequest request) {
        bodyListener.piece(request.content(), request.isLast());
    }

    @Override
    public String toString() {
        return "request " + number;
    }
}
