package dev.weir.protocols.http1;

/** Answers requests in its own time, or in parts, or takes bodies in pieces. */
@FunctionalInterface
public interface ExchangeHandler {

    /**
     * Begins to answer. On the loop, so it must not block; the answer may be sent later, from any thread. The body has not been asked
     * for: see {@link Exchange#onBody} and {@link HttpRequest#awaitBody}, with which this is called again.
     *
     * @param request lent until this returns
     * @throws Exception which is logged; where the answer has not begun the client gets a 500, and the connection ends; where it has
     *     begun and is not over the connection ends with a reset
     */
    void handle(HttpRequest request, Exchange exchange) throws Exception;
}
