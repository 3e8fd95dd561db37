package dev.weir.protocol;

/**
 * A protocol written as plain sequential code. Each connection runs on a virtual thread of its own, which may block.
 *
 * @param <I> the class of messages it takes
 * @param <O> the class of messages it gives
 */
public non-sealed interface BlockingProtocol<I, O> extends AnyProtocol<I, O> {

    /**
     * Serves one connection from its opening to its end. When it returns the connection is closed by the server's close policy, so
     * that what was written arrives. When it throws, the connection is closed with cause FAILED. When the connection ends first,
     * the thread is interrupted, and reading and writing throw {@link SessionClosedException}. It is then to end soon: Weir's own
     * end waits 5 seconds for it.
     */
    void serve(BlockingSession<I, O> session) throws Exception;
}
