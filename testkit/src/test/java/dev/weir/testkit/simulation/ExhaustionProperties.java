package dev.weir.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.Peer.Input;
import dev.weir.testkit.simulation.Conditions.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** When descriptors run out under the policy to pause. */
class ExhaustionProperties {
    private static final String NO_TIMEOUTS =
            "servers.test.lifecycle { heartbeat = [], deadlines { first-byte = off, message = off } }";

    /** The poller, the listening socket and the spare. */
    private static final int OWN_DESCRIPTORS = 3;

    /** A client that asks once, and again with a new connection when its own was lost before it was accepted. */
    private static final class Client {
        private final SimulatedServer server;
        private SimulatedPeer peer;
        private boolean asked;
        private boolean served;

        Client(SimulatedServer server) throws Exception {
            this.server = server;
            this.peer = server.connect();
        }

        void act(boolean leaves) throws Exception {
            if (served) {
                if (leaves) {
                    peer.close();
                }
                return;
            }
            if (!asked) {
                asked = peer.offer(new byte[] {1}, 0, 1) == 1;
            }
            served = peer.take(1).length == 1;
            if (!served && peer.input() == Input.RESET) {
                peer = server.connect();
                asked = false;
            }
        }
    }

    @Property(tries = 50)
    void aBurstOfClientsIsServedInTheEndHoweverFewDescriptorsThereAre(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 5) int descriptors,
            @ForAll @IntRange(min = 6, max = 60) int clients)
            throws Exception {
        SimulatedTransport network = new SimulatedTransport(seed).advancingClock();
        try (SimulatedServer server = new SimulatedServer(network, session -> session::send, NO_TIMEOUTS)) {
            network.descriptorLimit(OWN_DESCRIPTORS + descriptors);
            // Nobody leaves before it has come to the worst.
            serve(server, clients, () -> network.faults().of(InjectedFault.NO_DESCRIPTOR) > 0);
        }
    }

    @Property(tries = 30)
    void aBurstOfClientsIsServedInTheEndHoweverFewConnectionsAreAllowed(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 5) int connections,
            @ForAll @IntRange(min = 6, max = 60) int clients)
            throws Exception {
        SimulatedTransport network = new SimulatedTransport(seed).advancingClock();
        String cap = "process.max-connections = " + connections;
        try (SimulatedServer server = new SimulatedServer(network, session -> session::send, NO_TIMEOUTS, cap)) {
            serve(server, clients, () -> {
                assertThat(server.weir.openConnections()).isLessThanOrEqualTo(connections);
                return server.metrics().opened() >= connections;
            });
        }
    }

    private static void serve(SimulatedServer server, int clients, BooleanSupplier mayLeave) throws Exception {
        List<Client> all = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            all.add(new Client(server));
        }
        for (int turn = 0; all.stream().anyMatch(client -> !client.served); turn++) {
            assertThat(turn).as("turns on %s", server.network).isLessThan(100_000);
            server.loop().turn(Duration.ofMillis(100).toNanos());
            boolean leaves = mayLeave.getAsBoolean();
            for (Client client : all) {
                client.act(leaves);
            }
        }
    }

    @Property(tries = 20)
    void whilePausedNothingIsTriedUntilADescriptorComesFreeOrTimePasses(
            @ForAll Trigger trigger, @ForAll @IntRange(min = 1, max = 40) int clients) throws Exception {
        SimulatedTransport network = new SimulatedTransport(1, Conditions.calm(trigger));
        try (SimulatedServer server = new SimulatedServer(network, session -> session::send, NO_TIMEOUTS)) {
            network.descriptorLimit(OWN_DESCRIPTORS + 1);
            SimulatedPeer first = server.connect();
            server.until("one is accepted", () -> server.metrics().opened() == 1);
            for (int i = 0; i < clients; i++) {
                server.connect();
            }
            server.turns(5);
            long accepts = network.calls().of(SimulatedCall.ACCEPT);
            server.turns(1000);
            assertThat(network.calls().of(SimulatedCall.ACCEPT)).isEqualTo(accepts);
            assertThat(server.metrics().opened()).isOne();
            first.close();
            server.until("the next is accepted", () -> server.metrics().opened() == 2);
        }
    }

    @Example
    void anEmptyQueueAtTheLimitIsNoReasonToTryWithoutEnd() throws Exception {
        SimulatedTransport network = new SimulatedTransport(1, Conditions.calm(Trigger.LEVEL)).advancingClock();
        try (SimulatedServer server = new SimulatedServer(network, session -> session::send, NO_TIMEOUTS)) {
            network.descriptorLimit(OWN_DESCRIPTORS + 1);
            server.connect();
            server.until("it is accepted", () -> server.metrics().opened() == 1);
            server.elapse(Duration.ofHours(1));
            // At most one try for each second, which is the longest pause, and those before it grew to that.
            assertThat(network.calls().of(SimulatedCall.ACCEPT)).isLessThan(3600 + 10);
        }
    }
}
