package dev.weir.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.fault.CloseReason.Cause;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import dev.weir.testkit.Peer.Input;
import dev.weir.testkit.simulation.Conditions.Trigger;
import dev.weir.transport.TransportException;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What each policy for the end of the descriptors promises, on a calm network. */
class DescriptorPolicyProperties {
    private static final String NO_TIMEOUTS =
            "servers.test.lifecycle { heartbeat = [], deadlines { first-byte = off, frame = off } }";

    private static final String TWO_LOOPS = "event-loops = 2";

    /** The pollers of two loops, the listening socket and the spare. */
    private static final int OWN_DESCRIPTORS = 4;

    private static final byte[] BYTE = {1};

    @Property(tries = 60)
    void whoComesBeyondTheLimitIsShedWithACleanEndAndTheOthersAreServedOn(
            @ForAll Trigger trigger,
            @ForAll boolean atOwnCap,
            @ForAll boolean speakFirst,
            @ForAll @IntRange(min = 1, max = 5) int places,
            @ForAll @IntRange(min = 1, max = 40) int more)
            throws Exception {
        SimulatedTransport network = new SimulatedTransport(1, Conditions.calm(trigger));
        String cap = atOwnCap ? "process.max-connections = " + places : "";
        try (SimulatedServer server = new SimulatedServer(
                network, session -> session::send, NO_TIMEOUTS, TWO_LOOPS, onExhausted("shed"), cap)) {
            if (!atOwnCap) {
                network.descriptorLimit(OWN_DESCRIPTORS + places);
            }
            List<SimulatedPeer> admitted = connect(server, places);
            server.until("all are accepted", () -> server.metrics().opened() == places);
            List<SimulatedPeer> shed = connect(server, more);
            if (speakFirst) {
                shed.forEach(peer -> peer.offer(BYTE, 0, 1));
            }
            server.until("all others are shed", () -> server.metrics().shed() == more);
            for (SimulatedPeer peer : shed) {
                assertThat(peer.take(1)).isEmpty();
                assertThat(peer.input()).isEqualTo(Input.END);
            }
            assertServed(server, admitted);
            assertNothingIsTried(server);

            admitted.getFirst().close();
            server.turns(5);
            assertServed(server, connect(server, 1));
        }
    }

    @Property(tries = 60)
    void whoHasBeenIdleLongestIsEvictedAndWhoIsAtWorkIsNot(
            @ForAll Trigger trigger,
            @ForAll long seed,
            @ForAll boolean atOwnCap,
            @ForAll boolean codecKnows,
            @ForAll @IntRange(min = 2, max = 8) int idle,
            @ForAll @IntRange(min = 0, max = 3) int atWork,
            @ForAll @IntRange(min = 1, max = 3) int most)
            throws Exception {
        SimulatedTransport network = new SimulatedTransport(seed, Conditions.calm(trigger));
        String policy = onExhausted("{ use = evict-idle, idle-for = 1s, most = " + most + " }");
        String cap = atOwnCap ? "process.max-connections = " + (idle + atWork) : "";
        String codec = "servers.test.codec = " + (codecKnows ? "owing" : "bytes");
        try (SimulatedServer server = new SimulatedServer(
                network, session -> new Worker(session, !codecKnows), NO_TIMEOUTS, TWO_LOOPS, policy, codec, cap)) {
            if (!atOwnCap) {
                network.descriptorLimit(OWN_DESCRIPTORS + idle + atWork);
            }
            List<SimulatedPeer> working = connect(server, atWork);
            List<SimulatedPeer> idling = connect(server, idle);
            server.until("all are accepted", () -> server.metrics().opened() == idle + atWork);
            working.forEach(peer -> peer.offer(Worker.BEGIN, 0, 1));
            server.turns(5);
            // In some order they speak for the last time.
            List<SimulatedPeer> byAge = new ArrayList<>(idling);
            java.util.Collections.shuffle(byAge, new Random(seed));
            for (SimulatedPeer peer : byAge) {
                network.clock().advance(Duration.ofSeconds(40));
                assertServed(server, List.of(peer));
            }
            network.clock().advance(Duration.ofSeconds(2));

            int gone = Math.min(most, idle);
            assertServed(server, connect(server, 1));
            assertThat(server.metrics().closed(Cause.EVICTED)).isEqualTo(gone);
            for (SimulatedPeer peer : byAge.subList(0, gone)) {
                assertThat(peer.take(1)).isEmpty();
                assertThat(peer.input()).isEqualTo(Input.END);
            }
            assertServed(server, byAge.subList(gone, idle));
            working.forEach(peer -> peer.take(1));
            assertThat(working).allMatch(peer -> peer.input() == Input.OPEN);
        }
    }

    @Property(tries = 20)
    void whereNobodyIsIdleWhoComesWaitsUntilSomebodyLeaves(
            @ForAll Trigger trigger, @ForAll @IntRange(min = 1, max = 4) int places) throws Exception {
        SimulatedTransport network = new SimulatedTransport(1, Conditions.calm(trigger));
        try (SimulatedServer server = new SimulatedServer(
                network, session -> session::send, NO_TIMEOUTS, TWO_LOOPS, onExhausted("evict-idle"))) {
            network.descriptorLimit(OWN_DESCRIPTORS + places);
            List<SimulatedPeer> all = connect(server, places);
            server.until("all are accepted", () -> server.metrics().opened() == places);
            SimulatedPeer late = server.connect();
            server.turns(1000);
            assertThat(server.metrics().opened()).isEqualTo(places);
            assertNothingIsTried(server);
            all.getFirst().close();
            assertServed(server, List.of(late));
        }
    }

    @Property(tries = 10)
    void whoWaitsGetsThePlaceOfWhoLeavesThoughAnotherLoopIsBlocked(
            @ForAll Trigger trigger, @ForAll @IntRange(min = 2, max = 5) int places) throws Exception {
        SimulatedTransport network = new SimulatedTransport(1, Conditions.calm(trigger));
        try (SimulatedServer server = new SimulatedServer(
                network, session -> session::send, NO_TIMEOUTS, TWO_LOOPS, onExhausted("evict-idle"))) {
            network.descriptorLimit(OWN_DESCRIPTORS + places);
            List<SimulatedPeer> all = connect(server, places);
            server.until("all are accepted", () -> server.metrics().opened() == places);
            SimulatedPeer late = server.connect();
            turnsOfTheLoopThatListens(server);
            long given = server.reading("weir.loop.connections.open");
            long descriptors = network.descriptors();
            all.forEach(SimulatedPeer::close);
            turnsOfTheLoopThatListens(server);
            long left = given - server.reading("weir.loop.connections.open");
            assertThat(network.descriptors()).isEqualTo(descriptors - left);
            assertThat(left).as("left, and came").isEqualTo(server.metrics().closed(Cause.PEER_CLOSED) - 1);
            assertServed(server, List.of(late));
        }
    }

    private static void turnsOfTheLoopThatListens(SimulatedServer server) throws TransportException {
        for (int i = 0; i < 10; i++) {
            server.loop().turn(0);
        }
    }

    @Property(tries = 20)
    void whereNobodyWasIdleTheConnectionsAreNotLookedThroughAtEachEnd(
            @ForAll Trigger trigger, @ForAll @IntRange(min = 2, max = 5) int places) throws Exception {
        SimulatedTransport network = new SimulatedTransport(1, Conditions.calm(trigger));
        String policy = onExhausted("{ use = evict-idle, idle-for = 0s, most = 1 }");
        try (SimulatedServer server =
                new SimulatedServer(network, session -> new Worker(session, true), NO_TIMEOUTS, TWO_LOOPS, policy)) {
            network.descriptorLimit(OWN_DESCRIPTORS + places);
            List<SimulatedPeer> working = connect(server, places);
            working.forEach(peer -> peer.offer(Worker.BEGIN, 0, 1));
            server.until("all are accepted", () -> server.metrics().opened() == places);
            server.turns(5);
            connect(server, 2);
            server.turns(20);
            working.getFirst().reset();
            server.turns(20);
            // The first of the two is idle; but that is not looked for yet, to serve the second.
            assertThat(server.metrics().opened()).isEqualTo(places + 1L);
            assertThat(server.metrics().closed(Cause.EVICTED)).isZero();
            network.clock().advance(Duration.ofMillis(20));
            server.turns(20);
            assertThat(server.metrics().closed(Cause.EVICTED)).isOne();
            assertThat(server.metrics().opened()).isEqualTo(places + 2L);
        }
    }

    @Property(tries = 30)
    void aClosedListenerRefusesUntilEnoughHaveLeft(
            @ForAll Trigger trigger,
            @ForAll boolean atOwnCap,
            @ForAll @IntRange(min = 2, max = 10) int places,
            @ForAll @IntRange(min = 1, max = 100) int reopenBelow)
            throws Exception {
        SimulatedTransport network = new SimulatedTransport(1, Conditions.calm(trigger)).advancingClock();
        String policy = onExhausted("{ use = close-listener, reopen-below = " + reopenBelow + " }");
        String cap = atOwnCap ? "process.max-connections = " + places : "";
        try (SimulatedServer server =
                new SimulatedServer(network, session -> session::send, NO_TIMEOUTS, policy, cap)) {
            if (!atOwnCap) {
                network.descriptorLimit(OWN_DESCRIPTORS - 1 + places);
            }
            List<SimulatedPeer> all = connect(server, places);
            server.until("all are accepted", () -> server.metrics().opened() == places);
            SimulatedPeer tooMany = server.connect();
            server.until("who waits is reset", () -> {
                tooMany.take(1);
                return tooMany.input() == Input.RESET;
            });
            int open = places;
            while (open >= Math.max(1, places * reopenBelow / 100)) {
                server.elapse(Duration.ofSeconds(10));
                assertThatThrownBy(server::connect)
                        .as("%d of %d are open", open, places)
                        .isInstanceOf(TransportException.class);
                open--;
                all.get(open).close();
                server.turns(3);
            }
            server.elapse(Duration.ofSeconds(10));
            assertServed(server, connect(server, 1));
            assertServed(server, all.subList(0, open));
        }
    }

    @Property(tries = 20)
    void anEvictionThatIsOverWhenItsListenerWasClosedLeavesItClosed(
            @ForAll Trigger trigger, @ForAll @IntRange(min = 1, max = 4) int places) throws Exception {
        SimulatedTransport network = new SimulatedTransport(1, Conditions.calm(trigger));
        try (SimulatedServer server = new SimulatedServer(
                network, session -> session::send, NO_TIMEOUTS, TWO_LOOPS, onExhausted("evict-then-close"))) {
            network.descriptorLimit(OWN_DESCRIPTORS + places);
            connect(server, places);
            server.until("all are accepted", () -> server.metrics().opened() == places);
            server.connect();
            // The pause is over before the other loop has answered who is idle.
            for (int i = 0; i < 10; i++) {
                server.loop().turn(0);
                network.clock().advance(Duration.ofMillis(1));
            }
            assertThat(server.reading("weir.server.listener.closings")).isOne();
            assertThat(server.metrics().closed(Cause.EVICTED)).isZero();
            server.turns(5);
            assertThat(server.metrics().closed(Cause.EVICTED)).isOne();
            assertThat(server.reading("weir.server.listener.closings")).isOne();
            network.clock().advance(Duration.ofSeconds(1));
            server.turns(5);
            assertServed(server, connect(server, 1));
        }
    }

    private static String onExhausted(String policy) {
        return "process.descriptors.on-exhausted = " + policy;
    }

    private static List<SimulatedPeer> connect(SimulatedServer server, int count) throws TransportException {
        List<SimulatedPeer> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            peers.add(server.connect());
        }
        return peers;
    }

    private static void assertServed(SimulatedServer server, List<SimulatedPeer> peers) {
        for (SimulatedPeer peer : peers) {
            assertThat(peer.offer(BYTE, 0, 1)).isOne();
            server.until("it is answered", () -> peer.take(1).length == 1);
        }
    }

    private static void assertNothingIsTried(SimulatedServer server) {
        long accepts = server.network.calls().of(SimulatedCall.ACCEPT);
        server.turns(1000);
        assertThat(server.network.calls().of(SimulatedCall.ACCEPT)).isEqualTo(accepts);
    }

    /**
     * Answers, or begins a work that takes for ever.
     *
     * @param holds whether it says so by a hold, or leaves it to the codec
     */
    private record Worker(Session<ByteBuf> session, boolean holds) implements Handler<ByteBuf> {
        static final byte[] BEGIN = {2};

        @Override
        public void onMessage(ByteBuf message) {
            if (message.getByte(message.readerIndex()) == BEGIN[0]) {
                if (holds) {
                    session.hold();
                }
            } else {
                session.send(message);
            }
        }
    }
}
