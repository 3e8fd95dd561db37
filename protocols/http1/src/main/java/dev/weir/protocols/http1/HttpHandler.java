package dev.weir.protocols.http1;

/** Answers requests. */
@FunctionalInterface
public interface HttpHandler {

    /**
     * The answer to a request, whose body, if it has one, is all there.
     *
     * @param request on a loop lent until this returns; on a virtual thread a copy
     * @throws Exception for which the client gets a 500; it is logged, and the connection ends
     */
    HttpResponse handle(HttpRequest request) throws Exception;
}
