package dev.weir.protocols.http1;

/** Answers requests in its own time, or in parts, or takes bodies in pieces. */
@FunctionalInterface
public interface ExchangeHandler {

    /**
     * Begins to answer. On the loop, so it must not block; the answer may be sent later, from any thread. The body has not been asked
     * for: see {@link Exchange#onBody} and {@link HttpRequest#awaitBody}, with which this is called again.
     *
     * @param request lent until this returns
     * @throws Exception for which the client gets a 500 where the answer has not begun; it is logged, and the connection ends
     */
    void handle(HttpRequest request, Exchange exchange) throws Exception;
}
