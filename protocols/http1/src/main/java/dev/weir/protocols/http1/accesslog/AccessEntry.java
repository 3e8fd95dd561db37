package dev.weir.protocols.http1.accesslog;

import dev.weir.transport.Endpoint;

/**
 * One request and its answer, as the log tells them. What comes from the client stands here as it was sent, one character a byte.
 *
 * @param timeMillis when the head had come, since 1970
 * @param remote the client's address
 * @param server the server's name in the configuration
 * @param connection the connection's number in the process
 * @param request the request's number in the connection, from 1
 * @param method empty when the request was refused before it was understood, like target and protocol
 * @param target path and query mostly
 * @param protocol HTTP/1.1 or HTTP/1.0
 * @param status of the answer
 * @param bytes of the answer's body that were handed to the connection, chunks' heads not counted
 * @param durationNanos from the request's head to the end of the answer
 * @param referer empty when it was not sent
 * @param userAgent empty when it was not sent
 */
public record AccessEntry(
        long timeMillis,
        Endpoint remote,
        String server,
        long connection,
        long request,
        String method,
        String target,
        String protocol,
        int status,
        long bytes,
        long durationNanos,
        String referer,
        String userAgent) {}
