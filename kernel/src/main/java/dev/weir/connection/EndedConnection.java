package dev.weir.connection;

import dev.weir.fault.CloseReason;
import dev.weir.transport.Endpoint;
import java.time.Duration;
import java.time.Instant;

/**
 * A connection that is over, and why.
 *
 * @param id the number that it had
 * @param server the name of the server that accepted it
 * @param remoteAddress the peer's address
 * @param identity who the protocol said was at the other end; empty when it did not say
 * @param protocolPhase what the protocol said it was doing last; empty when it did not say
 * @param at when it ended
 * @param age how long it was open
 * @param bytesReceived bytes received
 * @param bytesSent bytes that the system took
 * @param reason why it ended
 */
public record EndedConnection(
        long id,
        String server,
        Endpoint remoteAddress,
        String identity,
        String protocolPhase,
        Instant at,
        Duration age,
        long bytesReceived,
        long bytesSent,
        CloseReason reason) {}
