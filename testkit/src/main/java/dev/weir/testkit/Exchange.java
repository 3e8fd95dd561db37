package dev.weir.testkit;

import java.io.ByteArrayOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Bytes that a peer sends and takes, both piece by piece and at the same time. */
final class Exchange {
    /** More steps than this cost time and try nothing new. */
    private static final int MOST_STEPS = 400;

    private final Peer peer;
    private final Plan plan;
    private final byte[] sent;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private int offered;

    /**
     * How much, and in which pieces.
     *
     * @param most bytes in all at the most
     * @param offer bytes offered at a time
     * @param take bytes read at a time
     * @param seed of the bytes
     */
    record Plan(int most, int offer, int take, long seed) {
        int total() {
            return Math.min(most, MOST_STEPS * Math.min(offer, take));
        }

        byte[] bytes() {
            return Bytes.random(seed, total());
        }

        /** Plans of up to so many bytes in all; pieces from one byte to 128 KiB. */
        static Arbitrary<Plan> upTo(int bytes) {
            return Combinators.combine(
                            Arbitraries.integers().between(1, bytes),
                            Arbitraries.integers().between(1, 128 * 1024),
                            Arbitraries.integers().between(1, 128 * 1024),
                            Arbitraries.longs())
                    .as(Plan::new);
        }
    }

    Exchange(Peer peer, Plan plan, byte[] sent) {
        this.peer = peer;
        this.plan = plan;
        this.sent = sent;
    }

    /** Offers a piece and takes a piece; true once everything was sent and as much came back. */
    boolean step() {
        if (offered < sent.length) {
            offered += Math.max(0, peer.offer(sent, offered, Math.min(plan.offer(), sent.length - offered)));
        }
        received.writeBytes(peer.take(plan.take()));
        return received.size() >= sent.length;
    }

    /** Fails unless exactly what was sent came back. */
    void assertSame() {
        Bytes.assertSame(received.toByteArray(), sent);
    }
}
