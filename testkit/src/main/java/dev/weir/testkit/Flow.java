package dev.weir.testkit;

import java.util.Arrays;

/** More bytes than one wants to keep, sent to a server that sends them back: each tells by its value where it belongs. */
final class Flow {
    private static final int PERIOD = 251;

    private static final int MOST_AT_ONCE = 128 * 1024;
    private static final byte[] PATTERN = pattern();
    /** So many vain attempts in a row, and nothing moves any more. */
    private static final int VAIN = 300;

    private final Peer peer;
    private final long total;
    private long sent;
    private long received;

    Flow(Peer peer, long total) {
        this.peer = peer;
        this.total = total;
    }

    boolean isDone() {
        return received == total;
    }

    /** Offers pieces of at most 128 KiB until nothing is taken any more, or all is sent. */
    void offerUntilStuck(TestServer server, int piece, Runnable eachTime) {
        int[] vain = {0};
        server.until("nothing more is taken", () -> {
            vain[0] = offer(piece) > 0 ? 0 : vain[0] + 1;
            eachTime.run();
            return sent == total || vain[0] == VAIN;
        });
    }

    /** Reads so many bytes, or all that is under way. */
    void take(TestServer server, long count) {
        long upTo = Math.min(sent, received + count);
        server.until("bytes come back", () -> {
            take();
            return received >= upTo;
        });
    }

    /** Sends and reads all that is left. */
    void takeRest(TestServer server) {
        server.until("everything comes back", () -> {
            offer(64 * 1024);
            take();
            return isDone();
        });
    }

    private int offer(int piece) {
        int count = (int) Math.min(piece, total - sent);
        int taken = count == 0 ? 0 : Math.max(0, peer.offer(PATTERN, (int) (sent % PERIOD), count));
        sent += taken;
        return taken;
    }

    private void take() {
        byte[] bytes = peer.take(64 * 1024);
        int from = (int) (received % PERIOD);
        if (!Arrays.equals(bytes, 0, bytes.length, PATTERN, from, from + bytes.length)) {
            throw new AssertionError("what came back differs after byte " + received);
        }
        received += bytes.length;
    }

    private static byte[] pattern() {
        byte[] bytes = new byte[MOST_AT_ONCE + PERIOD];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i % PERIOD);
        }
        return bytes;
    }
}
