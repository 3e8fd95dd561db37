package dev.weir.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.simulation.Conditions.Trigger;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** How many connections a turn takes, and that none of them is lost, though accept is interrupted and strangers abort. */
class AcceptProperties {
    /** In so many turns no more are taken than came alone before. */
    private static final int TURNS_WITH_ONE = 16;

    @Property(tries = 60)
    void aTurnTakesAtMostABatchAndNoneIsLost(
            @ForAll long seed,
            @ForAll Trigger trigger,
            @ForAll @IntRange(min = 1, max = 20) int size,
            @ForAll @IntRange(max = 3) int before,
            @ForAll @IntRange(min = 1, max = 100) int burst)
            throws Exception {
        assertThat(mostATurn(troubled(seed, trigger), "{ use = batch, size = " + size + " }", before, burst))
                .isLessThanOrEqualTo(size);
    }

    @Property(tries = 30)
    void oneATurnIsOneATurnAndNoneIsLost(
            @ForAll long seed,
            @ForAll Trigger trigger,
            @ForAll @IntRange(max = 3) int before,
            @ForAll @IntRange(min = 1, max = 60) int burst)
            throws Exception {
        assertThat(mostATurn(troubled(seed, trigger), "one", before, burst)).isOne();
    }

    @Property(tries = 30)
    void aDrainTakesABurstInOneTurn(@ForAll Trigger trigger, @ForAll @IntRange(min = 1, max = 500) int burst)
            throws Exception {
        assertThat(mostATurn(Conditions.calm(trigger), "drain", 0, burst)).isEqualTo(burst);
    }

    @Property(tries = 30)
    void aDrainThatExpectsOneTakesABurstInOneTurnSoon(
            @ForAll Trigger trigger, @ForAll @IntRange(min = 1, max = 500) int burst) throws Exception {
        assertThat(mostATurn(Conditions.calm(trigger), "drain", 1, burst))
                .isGreaterThanOrEqualTo(Math.max(1, burst - TURNS_WITH_ONE));
    }

    private static Conditions troubled(long seed, Trigger trigger) {
        return Conditions.calm(trigger)
                .with(InjectedFault.INTERRUPTED_ACCEPT, (seed & 3) / 8.0)
                .with(InjectedFault.ABORTED_ACCEPT, (seed >> 2 & 3) / 8.0)
                .with(InjectedFault.LATE_REPORT, (seed >> 4 & 3) / 8.0);
    }

    /** The most that one turn took of a burst that came after some who came alone. All of them came to be served. */
    private static int mostATurn(Conditions conditions, String accept, int before, int burst) throws Exception {
        SimulatedTransport network = new SimulatedTransport(1, conditions);
        try (SimulatedServer server =
                new SimulatedServer(network, session -> session::send, "servers.test.lifecycle.accept = " + accept)) {
            for (int i = 1; i <= before; i++) {
                server.connect();
                int alone = i;
                server.until(
                        "who comes alone is accepted", () -> server.metrics().opened() == alone);
            }
            List<SimulatedPeer> peers = new ArrayList<>();
            for (int i = 0; i < burst; i++) {
                peers.add(server.connect());
                peers.get(i).offer(new byte[] {1}, 0, 1);
            }
            long[] opened = {before};
            int[] most = {0};
            server.until("all are accepted", () -> {
                long now = server.metrics().opened();
                most[0] = (int) Math.max(most[0], now - opened[0]);
                opened[0] = now;
                return now == before + burst;
            });
            for (SimulatedPeer peer : peers) {
                server.until("each is served", () -> peer.take(1).length == 1);
            }
            return most[0];
        }
    }
}
