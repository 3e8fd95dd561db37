package dev.weir.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.lifecycle.LoopChoice;
import dev.weir.transport.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** How each choice spreads connections over loops. */
class LoopChoiceProperties {
    private static final Endpoint SOMEBODY = peer(new byte[] {10, 0, 0, 1}, 40_000);

    @Property(tries = 200)
    void roundRobinGivesEachLoopTheSameShare(
            @ForAll @IntRange(min = 1, max = 16) int loops, @ForAll @IntRange(min = 1, max = 500) int connections) {
        long[] open = new long[loops];
        LoopChoice choice = new RoundRobin.Supplier().create();
        for (int i = 0; i < connections; i++) {
            open[choice.choose(SOMEBODY, 0, loops, at -> open[at])]++;
        }
        assertThat(spread(open)).isLessThanOrEqualTo(1);
    }

    @Property(tries = 200)
    void leastConnectionsNeverPassesOverALoopThatHasFewer(
            @ForAll @IntRange(min = 1, max = 16) int loops,
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 500) int steps) {
        Random random = new Random(seed);
        long[] open = new long[loops];
        LoopChoice choice = new LeastConnections.Supplier().create();
        for (int i = 0; i < steps; i++) {
            int chosen = choice.choose(SOMEBODY, 0, loops, at -> open[at]);
            assertThat(open[chosen]).isEqualTo(Arrays.stream(open).min().orElseThrow());
            open[chosen]++;
            int ended = random.nextInt(loops);
            open[ended] -= Math.min(open[ended], random.nextInt(3));
        }
    }

    @Property(tries = 100)
    void leastConnectionsGivesEachIdleLoopItsTurn(@ForAll @IntRange(min = 1, max = 16) int loops) {
        LoopChoice choice = new LeastConnections.Supplier().create();
        assertThat(IntStream.range(0, loops).map(i -> choice.choose(SOMEBODY, 0, loops, at -> 0)))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, loops).boxed().toList());
    }

    @Property(tries = 200)
    void peerHashGivesOneAddressOneLoop(
            @ForAll @Size(4) byte[] address,
            @ForAll @IntRange(min = 1, max = 64) int loops,
            @ForAll @Size(10) List<@IntRange(min = 1, max = 65_535) Integer> ports) {
        List<Integer> chosen = ports.stream()
                .map(port -> new PeerHash.Supplier().create().choose(peer(address, port), 0, loops, at -> 0))
                .distinct()
                .toList();
        assertThat(chosen).hasSize(1);
        assertThat(chosen.getFirst()).isBetween(0, loops - 1);
    }

    @Property(tries = 200)
    void peerHashSpreadsARangeOfNeighbours(
            @ForAll @Size(2) byte[] network, @ForAll @IntRange(min = 2, max = 16) int loops) {
        long[] open = new long[loops];
        LoopChoice choice = new PeerHash.Supplier().create();
        for (int host = 0; host < 1024; host++) {
            byte[] address = {network[0], network[1], (byte) (host >> 8), (byte) host};
            open[choice.choose(peer(address, 1), 0, loops, at -> 0)]++;
        }
        long fair = 1024 / loops;
        assertThat(Arrays.stream(open).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(fair / 2, fair * 2));
    }

    @Property(tries = 100)
    void kernelLeavesAConnectionWhereItIs(
            @ForAll @Size(min = 1, max = 100) List<@IntRange(min = 0, max = 15) Integer> acceptedOn) {
        LoopChoice choice = new KernelChoice.Supplier().create();
        List<Integer> chosen = new ArrayList<>();
        acceptedOn.forEach(loop -> chosen.add(choice.choose(SOMEBODY, loop, 16, at -> 0)));
        assertThat(chosen).isEqualTo(acceptedOn);
    }

    private static long spread(long[] counts) {
        return Arrays.stream(counts).max().orElseThrow()
                - Arrays.stream(counts).min().orElseThrow();
    }

    private static Endpoint peer(byte[] address, int port) {
        try {
            return new Endpoint.Inet(new InetSocketAddress(InetAddress.getByAddress(address), port));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
