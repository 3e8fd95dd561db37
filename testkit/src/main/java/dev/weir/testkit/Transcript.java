package dev.weir.testkit;

import java.util.List;
import java.util.Optional;

/**
 * What came out of a decoder.
 *
 * @param messages its messages, rendered, in order
 * @param violation what it refused the stream for; empty when the stream ended well
 * @param unread bytes that it had not read when the stream ended well
 * @param overspentBytes by how much its greediest call passed the allowance for allocations; 0 or less when none did
 */
record Transcript(List<String> messages, Optional<String> violation, int unread, long overspentBytes) {

    /** How it ended, for a message to the reader. */
    String end() {
        return violation
                .map(what -> "a violation (" + what + ")")
                .orElse(unread == 0 ? "the end of input" : "the end of input with " + unread + " bytes unread");
    }
}
