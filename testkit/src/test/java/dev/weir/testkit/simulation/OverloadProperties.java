package dev.weir.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.lifecycle.AdmissionPolicy.Rule;
import dev.weir.lifecycle.OverloadPolicy.Reading;
import dev.weir.lifecycle.OverloadPolicy.Resource;
import dev.weir.testkit.Peer.Input;
import dev.weir.testkit.simulation.Conditions.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What overload does to newcomers, and to nobody else. */
class OverloadProperties {
    private static final Duration LOOK = Duration.ofMillis(101);

    private final Map<Resource, Reading> readings = new EnumMap<>(Resource.class);

    @Property(tries = 20)
    void newcomersWaitWhileThereIsOverloadAndAreServedAfterIt(
            @ForAll Trigger trigger, @ForAll Resource resource, @ForAll @IntRange(min = 1, max = 40) int newcomers)
            throws Exception {
        SimulatedTransport network = new SimulatedTransport(1, Conditions.calm(trigger));
        try (SimulatedServer server = server(network, "delay")) {
            SimulatedPeer known = served(server);
            set(resource, 100, 0);
            look(server);
            assertThat(reading(server, "weir.overload.level")).isOne();
            List<SimulatedPeer> waiting = new ArrayList<>();
            for (int i = 0; i < newcomers; i++) {
                waiting.add(server.connect());
                waiting.get(i).offer(new byte[] {1}, 0, 1);
            }
            for (int i = 0; i < 20; i++) {
                look(server);
            }
            assertThat(server.metrics().opened()).isOne();
            assertServed(server, known);

            // Between the thresholds it stays as it is.
            set(resource, 85, 0);
            look(server);
            assertThat(reading(server, "weir.overload.level")).isOne();
            set(resource, 0, 0);
            server.until("all are served", () -> {
                network.clock().advance(LOOK);
                return server.metrics().opened() == newcomers + 1;
            });
            assertThat(reading(server, "weir.overload.level")).isZero();
        }
    }

    @Property(tries = 10)
    void newcomersAreSentAwayWhileThereIsOverload(
            @ForAll Trigger trigger, @ForAll @IntRange(min = 1, max = 20) int newcomers) throws Exception {
        SimulatedTransport network = new SimulatedTransport(1, Conditions.calm(trigger));
        try (SimulatedServer server = server(network, "refuse")) {
            SimulatedPeer known = served(server);
            set(Resource.HEAP, 95, 0);
            look(server);
            for (int i = 0; i < newcomers; i++) {
                SimulatedPeer refused = server.connect();
                server.until("the newcomer is sent away", () -> {
                    refused.take(1);
                    return refused.input() == Input.END;
                });
            }
            assertThat(server.metrics().refused(Rule.OVERLOAD)).isEqualTo(newcomers);
            assertServed(server, known);
            set(Resource.HEAP, 80, 0);
            look(server);
            served(server);
        }
    }

    @Property(tries = 10)
    void aReadingThatGrowsStaleLetsNewcomersInAgain(@ForAll Trigger trigger) throws Exception {
        SimulatedTransport network = new SimulatedTransport(1, Conditions.calm(trigger));
        try (SimulatedServer server = server(network, "delay")) {
            set(Resource.HEAP, 100, 0);
            look(server);
            SimulatedPeer waiting = server.connect();
            look(server);
            assertThat(server.metrics().opened()).isZero();
            set(Resource.HEAP, 100, Duration.ofSeconds(31).toNanos());
            server.until("the newcomer is in", () -> {
                network.clock().advance(LOOK);
                return server.metrics().opened() == 1;
            });
            assertServed(server, waiting);
        }
    }

    private SimulatedServer server(SimulatedTransport network, String act) throws Exception {
        readings.clear();
        return new SimulatedServer(
                network,
                session -> session::send,
                builder -> builder.resources(resource -> Optional.ofNullable(readings.get(resource))),
                "process.overload { use = thresholds, act = " + act + ", descriptors.enter = 90 }",
                "servers.test.lifecycle { heartbeat = [], deadlines.first-byte = off }");
    }

    private void set(Resource resource, int percent, long ageNanos) {
        long lagNanos =
                Duration.ofMillis(percent).toNanos() * 6 - Duration.ofMillis(90).toNanos();
        readings.put(resource, new Reading(resource, resource == Resource.LOOP_LAG ? lagNanos : percent, ageNanos));
    }

    private static void look(SimulatedServer server) {
        server.network.clock().advance(LOOK);
        server.turns(3);
    }

    private static SimulatedPeer served(SimulatedServer server) throws Exception {
        SimulatedPeer peer = server.connect();
        assertServed(server, peer);
        return peer;
    }

    private static void assertServed(SimulatedServer server, SimulatedPeer peer) {
        peer.offer(new byte[] {7}, 0, 1);
        server.until("a byte comes back", () -> peer.take(1).length == 1);
    }

    private static long reading(SimulatedServer server, String name) {
        long[] found = {-1};
        server.weir.metrics().read((id, kind, value) -> found[0] = id.name().equals(name) ? value : found[0]);
        return found[0];
    }
}
