package dev.weir.testkit;

import java.util.Arrays;

/** More bytes than one wants to keep, sent to a server that sends them back: each tells by its value where it belongs. */
final class Flow {
    private static final int PERIOD = 251;
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

    /** Offers pieces until nothing is taken any more, or all is sent. */
    void offerUntilStuck(TestServer server, int piece, Runnable eachTime) {
        int[] vain = {0};
        server.until("nothing more is taken", () -> {
            vain[0] = offer(piece) > 0 ? 0 : vain[0] + 1;
            eachTime.run();
            return sent == total || vain[0] == VAIN;
        });
    }

    /** Reads so many bytes, or to the last. */
    void take(TestServer server, long count) {
        long upTo = Math.min(total, received + count);
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
        byte[] bytes = pattern(sent, (int) Math.min(piece, total - sent));
        int taken = bytes.length == 0 ? 0 : Math.max(0, peer.offer(bytes, 0, bytes.length));
        sent += taken;
        return taken;
    }

    private void take() {
        byte[] bytes = peer.take(64 * 1024);
        if (!Arrays.equals(bytes, pattern(received, bytes.length))) {
            throw new AssertionError("what came back differs after byte " + received);
        }
        received += bytes.length;
    }

    private static byte[] pattern(long from, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) ((from + i) % PERIOD);
        }
        return bytes;
    }
}
