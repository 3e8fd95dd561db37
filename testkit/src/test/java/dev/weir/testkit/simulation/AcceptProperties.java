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
    @Property(tries = 60)
    void aTurnTakesAtMostABatchAndNoneIsLost(
            @ForAll long seed,
            @ForAll Trigger trigger,
            @ForAll @IntRange(min = 1, max = 20) int size,
            @ForAll @IntRange(min = 1, max = 100) int burst)
            throws Exception {
        assertThat(mostATurn(troubled(seed, trigger), "{ use = batch, size = " + size + " }", burst))
                .isLessThanOrEqualTo(size);
    }

    @Property(tries = 30)
    void oneATurnIsOneATurnAndNoneIsLost(
            @ForAll long seed, @ForAll Trigger trigger, @ForAll @IntRange(min = 1, max = 60) int burst)
            throws Exception {
        assertThat(mostATurn(troubled(seed, trigger), "one", burst)).isOne();
    }

    @Property(tries = 30)
    void aDrainTakesABurstInOneTurn(@ForAll Trigger trigger, @ForAll @IntRange(min = 1, max = 500) int burst)
            throws Exception {
        assertThat(mostATurn(Conditions.calm(trigger), "drain", burst)).isEqualTo(burst);
    }

    private static Conditions troubled(long seed, Trigger trigger) {
        return Conditions.calm(trigger)
                .with(InjectedFault.INTERRUPTED_ACCEPT, (seed & 3) / 8.0)
                .with(InjectedFault.ABORTED_ACCEPT, (seed >> 2 & 3) / 8.0)
                .with(InjectedFault.LATE_REPORT, (seed >> 4 & 3) / 8.0);
    }

    /** The most that one turn took of a burst, all of which came to be served. */
    private static int mostATurn(Conditions conditions, String accept, int burst) throws Exception {
        SimulatedTransport network = new SimulatedTransport(1, conditions);
        try (SimulatedServer server =
                new SimulatedServer(network, session -> session::send, "servers.test.lifecycle.accept = " + accept)) {
            List<SimulatedPeer> peers = new ArrayList<>();
            for (int i = 0; i < burst; i++) {
                peers.add(server.connect());
                peers.get(i).offer(new byte[] {1}, 0, 1);
            }
            long[] before = {0};
            int[] most = {0};
            server.until("all are accepted", () -> {
                long opened = server.metrics().opened();
                most[0] = (int) Math.max(most[0], opened - before[0]);
                before[0] = opened;
                return opened == burst;
            });
            for (SimulatedPeer peer : peers) {
                server.until("each is served", () -> peer.take(1).length == 1);
            }
            return most[0];
        }
    }
}
