package dev.weir.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loop.EventLoop;
import dev.weir.server.Weir.Ending;
import dev.weir.testkit.Peer.Input;
import dev.weir.testkit.simulation.Conditions.Trigger;
import dev.weir.transport.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A drain where not all can go on: a loop is blocked, or another server has all places. */
class DrainTest {
    /** Of the usual backlog's size, about. */
    private static final int LONG_QUEUE = 1000;

    /** The poller, the listening socket and the spare. */
    private static final int OWN_DESCRIPTORS = 3;

    private static final String NO_TIMEOUTS = "servers.test.lifecycle { heartbeat = [], deadlines.first-byte = off }";

    private static SimulatedTransport network() {
        return new SimulatedTransport(1, Conditions.calm(Trigger.LEVEL)).advancingClock();
    }

    @Example
    void aLoopDrainsThoughTheOneThatListensIsBlocked() throws Exception {
        try (SimulatedServer server =
                new SimulatedServer(network(), session -> session::send, NO_TIMEOUTS, "event-loops = 2")) {
            List<SimulatedPeer> peers = List.of(server.connect(), server.connect());
            server.until("both are open", () -> server.metrics().opened() == 2);
            // One connection each, and the one that listens has its listening socket.
            EventLoop other = server.weir.loops().stream()
                    .min(Comparator.comparingInt(EventLoop::registered))
                    .orElseThrow();
            assertThat(other.registered()).isOne();
            server.weir.drain();
            for (int turn = 0; turn < 10; turn++) {
                other.turn(0);
                closeThoseSentAway(peers);
            }
            assertThat(peers.stream().filter(peer -> peer.input() == Input.END))
                    .as("sent away while a loop is blocked")
                    .hasSize(1);
            server.until("it is drained", () -> {
                closeThoseSentAway(peers);
                return server.weir.isEnded();
            });
            assertThat(server.weir.awaitEnd()).isEqualTo(Ending.CLEAN);
        }
    }

    @Property(tries = 20)
    void aServerThatIsDrainedWhileTheOtherGoesOnWaitsForPlaces(
            @ForAll @IntRange(max = 10) int clients, @ForAll @IntRange(min = 1, max = 3) int stay) throws Exception {
        try (SimulatedServer server = new SimulatedServer(
                network(),
                session -> session::send,
                NO_TIMEOUTS,
                "servers.other { listen = \"127.0.0.1:0\", codec = bytes, protocol = tested }",
                "servers.other.lifecycle { heartbeat = [], deadlines.first-byte = off }",
                "process { max-connections = " + stay + ", drain.deadline = 10s }")) {
            Endpoint other = server.weir.server("other").addresses().getFirst();
            List<SimulatedPeer> staying = new ArrayList<>();
            for (int i = 0; i < stay; i++) {
                staying.add(server.network.connect(other));
            }
            server.until("the others have all places", () -> server.weir.openConnections() == stay);
            List<SimulatedPeer> peers = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                peers.add(server.connect());
                assertThat(peers.get(i).offer(new byte[] {1}, 0, 1)).isOne();
            }
            var drained = server.weir.drain(Set.of("test"));
            List<SimulatedPeer> unanswered = new ArrayList<>(peers);
            long start = server.network.clock().nanoTime();
            while (!drained.isDone()) {
                assertThat(server.network.clock().nanoTime() - start)
                        .as("nanoseconds that the drain takes")
                        .isLessThan(Duration.ofSeconds(10).toNanos());
                server.loop().turn(Duration.ofMillis(10).toNanos());
                assertThat(server.weir.openConnections())
                        .as("open, the reserve is the other server's")
                        .isLessThanOrEqualTo(stay + 1L);
                unanswered.removeIf(peer -> peer.take(1).length == 1);
                closeThoseSentAway(peers);
            }
            assertThat(unanswered).isEmpty();
            staying.forEach(SimulatedPeer::close);
            server.until("the others have left", () -> server.weir.openConnections() == 0);
        }
    }

    @Example
    void aLongAcceptQueueIsTakenInManyTurnsWithOthersServedBetween() throws Exception {
        try (SimulatedServer server = new SimulatedServer(
                network(), session -> session::send, NO_TIMEOUTS, "servers.test.lifecycle.accept = one")) {
            List<SimulatedPeer> peers = new ArrayList<>();
            for (int i = 0; i < LONG_QUEUE; i++) {
                peers.add(server.connect());
                assertThat(peers.get(i).offer(new byte[] {1}, 0, 1)).isOne();
            }
            server.weir.drain();
            List<SimulatedPeer> unanswered = new ArrayList<>(peers);
            while (!server.weir.isEnded()) {
                long before = server.metrics().opened();
                server.weir.turn();
                assertThat(server.metrics().opened() - before)
                        .as("accepted in a turn")
                        .isLessThan(LONG_QUEUE / 3);
                unanswered.removeIf(peer -> peer.take(1).length == 1);
                closeThoseSentAway(peers);
            }
            assertThat(unanswered).isEmpty();
        }
    }

    @Example
    void aLongAcceptQueueWithoutDescriptorsIsSentAwayInManyTurns() throws Exception {
        SimulatedTransport network = network();
        try (SimulatedServer server = new SimulatedServer(network, session -> session::send, NO_TIMEOUTS)) {
            network.descriptorLimit(OWN_DESCRIPTORS);
            for (int i = 0; i < LONG_QUEUE; i++) {
                server.connect();
            }
            server.weir.drain();
            while (!server.weir.isEnded()) {
                long before = server.metrics().shed();
                server.loop().turn(Duration.ofMillis(10).toNanos());
                assertThat(server.metrics().shed() - before)
                        .as("sent away in a turn")
                        .isLessThan(LONG_QUEUE / 3);
            }
            assertThat(server.metrics().shed()).isEqualTo(LONG_QUEUE);
        }
    }

    private static void closeThoseSentAway(List<SimulatedPeer> peers) {
        for (SimulatedPeer peer : peers) {
            if (peer.take(1).length == 0 && peer.input() == Input.END) {
                peer.close();
            }
        }
    }
}
