package dev.weir.protocols.http1;

import dev.weir.protocols.http1.Conversation.Outcome;
import dev.weir.testkit.Chunking;
import java.util.Random;

/** What must hold of whatever bytes a client sends. */
public final class HttpFuzz {
    private HttpFuzz() {}

    /** The entry of a coverage-guided fuzzer; docs/testing.md tells how to run one. The last bytes say in which manner it is answered. */
    public static void fuzzerTestOneInput(byte[] stream) {
        long manners = 0;
        for (int i = Math.max(0, stream.length - 8); i < stream.length; i++) {
            manners = (manners << 8) | (stream[i] & 0xFF);
        }
        check(stream, manners * 0x9E3779B97F4A7C15L);
    }

    /**
     * The same comes of it however it is cut, and all that {@link Conversation} checks.
     *
     * @param manners how it is answered and cut
     */
    static void check(byte[] stream, long manners) {
        boolean isLate = (manners & 1L << 62) != 0;
        Outcome whole = Conversation.of(stream, Chunking.whole(stream.length), manners, isLate);
        Random random = new Random(manners);
        for (int i = 0; i < 2 && stream.length > 1; i++) {
            check(stream, Chunking.random(stream.length, random), manners, isLate, whole);
        }
    }

    /** What comes of a stream that is cut is what came of it whole. */
    static void check(byte[] stream, Chunking chunking, long manners, boolean isLate, Outcome whole) {
        Outcome cut = Conversation.of(stream, chunking, manners, isLate);
        if (!cut.equals(whole)) {
            throw new AssertionError("whole it is\n" + whole + "\nand in " + chunking + "\n" + cut);
        }
    }
}
