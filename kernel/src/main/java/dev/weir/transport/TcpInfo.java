package dev.weir.transport;

import java.time.Duration;

/**
 * What the kernel knows of a TCP connection (TCP_INFO, tcp(7)), as of one moment.
 *
 * @param roundTrip the smoothed time from a segment to its acknowledgement; zero before the first
 * @param roundTripVariation how much that varies, on the mean
 * @param retransmits segments sent again since the connection was made
 * @param unacknowledged segments that are sent and not acknowledged yet
 * @param deliveryRate bytes a second that reached the peer lately; 0 where the kernel does not tell
 */
public record TcpInfo(
        Duration roundTrip, Duration roundTripVariation, long retransmits, long unacknowledged, long deliveryRate) {}
