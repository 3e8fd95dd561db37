package dev.weir.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fault.CloseReason.Cause;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Hold;
import dev.weir.protocol.Session;
import dev.weir.server.Weir;
import dev.weir.testkit.Peer.Input;
import dev.weir.testkit.simulation.Conditions.Trigger;
import dev.weir.transport.TransportException;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** When descriptors run out: what holds under every policy, and what the one to pause promises. */
class ExhaustionProperties {
    private static final String NO_TIMEOUTS =
            "servers.test.lifecycle { heartbeat = [], deadlines { first-byte = off, frame = off } }";

    /** The poller, the listening socket and the spare. */
    private static final int OWN_DESCRIPTORS = 3;

    /** What a policy does to the connections that are there, or to who comes, it may do at once. */
    private static final String[] POLICIES = {
        "pause", "shed", "{ use = evict-idle, most = 2, idle-for = 0s }", "{ use = close-listener, reopen-below = 60 }"
    };

    /** A client that asks once, and again with a new connection when its own was lost or ended before it was answered. */
    private static final class Client {
        private final SimulatedServer server;
        private SimulatedPeer peer;
        private boolean asked;
        private boolean served;

        Client(SimulatedServer server) {
            this.server = server;
            connect();
        }

        private void connect() {
            asked = false;
            try {
                peer = server.connect();
            } catch (TransportException refused) {
                peer = null; // The listener is closed. It tries again.
            }
        }

        void act(boolean leaves) {
            if (peer == null) {
                connect();
                return;
            }
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
            if (!served && peer.input() != Input.OPEN) {
                peer.close();
                connect();
            }
        }
    }

    @Property(tries = 150)
    void aBurstOfClientsIsServedInTheEndHoweverFewDescriptorsThereAre(
            @ForAll long seed,
            @ForAll("policies") String policy,
            @ForAll @IntRange(min = 1, max = 5) int descriptors,
            @ForAll @IntRange(min = 6, max = 60) int clients)
            throws Exception {
        SimulatedTransport network = new SimulatedTransport(seed).advancingClock();
        try (SimulatedServer server = new SimulatedServer(network, session -> session::send, NO_TIMEOUTS, policy)) {
            network.descriptorLimit(OWN_DESCRIPTORS + descriptors);
            // Nobody leaves before it has come to the worst.
            serve(server, clients, () -> server.metrics().exhausted() > 0);
        }
    }

    @Property(tries = 100)
    void aBurstOfClientsIsServedInTheEndHoweverFewConnectionsAreAllowed(
            @ForAll long seed,
            @ForAll("policies") String policy,
            @ForAll @IntRange(min = 1, max = 5) int connections,
            @ForAll @IntRange(min = 6, max = 60) int clients)
            throws Exception {
        SimulatedTransport network = new SimulatedTransport(seed).advancingClock();
        String cap = "process.max-connections = " + connections;
        try (SimulatedServer server =
                new SimulatedServer(network, session -> session::send, NO_TIMEOUTS, policy, cap)) {
            serve(server, clients, () -> {
                assertThat(server.weir.openConnections()).isLessThanOrEqualTo(connections);
                return server.metrics().exhausted() > 0;
            });
        }
    }

    @Provide
    Arbitrary<String> policies() {
        return Arbitraries.of(POLICIES).map(policy -> "process.descriptors.on-exhausted = " + policy);
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

    /** Is not done before it has answered, although the request may come late. */
    private static Handler<ByteBuf> echoOnce(Session<ByteBuf> session) {
        Hold hold = session.hold();
        return message -> {
            session.send(message);
            hold.release();
        };
    }

    @Property(tries = 60)
    void aDrainServesWhoWaitsAlthoughDescriptorsMustComeFreeFirst(
            @ForAll long seed,
            @ForAll("policies") String policy,
            @ForAll @IntRange(min = 1, max = 5) int descriptors,
            @ForAll @IntRange(min = 1, max = 20) int clients,
            @ForAll boolean stay)
            throws Exception {
        // Who is lost while being accepted gets no answer, and without a connection that will end nobody waits for
        // long.
        Conditions conditions =
                Conditions.of(seed).with(InjectedFault.ABORTED_ACCEPT, 0).withoutExhaustion();
        SimulatedTransport network = new SimulatedTransport(seed, conditions).advancingClock();
        try (SimulatedServer server =
                new SimulatedServer(network, ExhaustionProperties::echoOnce, NO_TIMEOUTS, policy)) {
            network.descriptorLimit(OWN_DESCRIPTORS + descriptors);
            List<SimulatedPeer> peers = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                peers.add(server.connect());
                assertThat(peers.get(i).offer(new byte[] {1}, 0, 1)).isOne();
            }
            server.weir.drain();
            List<SimulatedPeer> unanswered = new ArrayList<>(peers);
            for (int turn = 0; !server.weir.isEnded(); turn++) {
                assertThat(turn).as("turns on %s", network).isLessThan(100_000);
                server.loop().turn(Duration.ofMillis(100).toNanos());
                for (SimulatedPeer peer : peers) {
                    if (peer.take(1).length == 1) {
                        unanswered.remove(peer);
                    }
                    // Some leave with their answer, others only when they are sent away.
                    if (stay ? peer.input() != Input.OPEN : !unanswered.contains(peer)) {
                        peer.close();
                    }
                }
            }
            assertThat(server.metrics().closed(Cause.DRAIN_DEADLINE))
                    .as("ended by the deadline")
                    .isZero();
            assertThat(unanswered)
                    .as("who was not answered, of %d, on %s", clients, network)
                    .isEmpty();
            assertThat(server.weir.awaitEnd()).isEqualTo(Weir.Ending.CLEAN);
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
    void anEmptyQueueAtTheLimitIsNoShortage() throws Exception {
        SimulatedTransport network = new SimulatedTransport(1, Conditions.calm(Trigger.LEVEL)).advancingClock();
        try (SimulatedServer server = new SimulatedServer(network, session -> session::send, NO_TIMEOUTS)) {
            network.descriptorLimit(OWN_DESCRIPTORS + 1);
            server.connect();
            server.until("it is accepted", () -> server.metrics().opened() == 1);
            server.elapse(Duration.ofHours(1));
            // The one, the next that found no descriptor, and no other: nobody has come.
            assertThat(network.calls().of(SimulatedCall.ACCEPT)).isEqualTo(2);
            assertThat(server.metrics().exhausted()).isZero();
        }
    }
}
