package dev.weir.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocol.Session;
import dev.weir.testkit.simulation.Conditions.Trigger;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a request costs in system calls. */
class CallCountTest {

    private static SimulatedServer echo(Trigger trigger, String... settings) throws Exception {
        return new SimulatedServer(
                new SimulatedTransport(1, Conditions.calm(trigger)), session -> session::send, settings);
    }

    /** Calls made while something is done. */
    private static Map<SimulatedCall, Long> calls(SimulatedServer server, Runnable action) {
        Map<SimulatedCall, Long> made = new EnumMap<>(SimulatedCall.class);
        for (SimulatedCall call : SimulatedCall.values()) {
            made.put(call, -server.network.calls().of(call));
        }
        action.run();
        for (SimulatedCall call : SimulatedCall.values()) {
            made.merge(call, server.network.calls().of(call), Long::sum);
        }
        made.values().removeIf(count -> count == 0);
        return made;
    }

    @ParameterizedTest
    @EnumSource
    void aRequestCostsOneReceiveAndOneSend(Trigger trigger) throws Exception {
        try (SimulatedServer server = echo(trigger)) {
            SimulatedPeer peer = server.connectOpen();
            server.turns(3);
            int requests = 100;
            Map<SimulatedCall, Long> made = calls(server, () -> {
                for (int i = 0; i < requests; i++) {
                    peer.offer(new byte[64], 0, 64);
                    server.turns(1);
                    assertThat(peer.take(100)).hasSize(64);
                }
            });
            assertThat(made)
                    .containsOnly(
                            Map.entry(SimulatedCall.POLL, 100L),
                            Map.entry(SimulatedCall.RECEIVE, 100L),
                            Map.entry(SimulatedCall.SEND, 100L),
                            Map.entry(SimulatedCall.SUBMIT, 100L));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRequestForWhoseReplyTheCodecWaitsCostsNoMore(Trigger trigger) throws Exception {
        List<Session<ByteBuf>> asked = new ArrayList<>();
        SimulatedTransport network = new SimulatedTransport(1, Conditions.calm(trigger));
        try (SimulatedServer server =
                new SimulatedServer(network, session -> message -> asked.add(session), "servers.test.codec = turns")) {
            SimulatedPeer peer = server.connectOpen();
            server.turns(3);
            int requests = 100;
            Map<SimulatedCall, Long> made = calls(server, () -> {
                for (int i = 0; i < requests; i++) {
                    peer.offer(new byte[1], 0, 1);
                    server.turns(3);
                    byte[] interim = {SimulatedServer.Turns.INTERIM};
                    server.loop().execute(() -> asked.getFirst().send(Unpooled.wrappedBuffer(interim)));
                    server.turns(3);
                    server.loop().execute(() -> asked.removeFirst().send(Unpooled.wrappedBuffer(new byte[1])));
                    server.turns(3);
                    assertThat(peer.take(100)).hasSize(2);
                }
            });
            assertThat(made)
                    .containsEntry(SimulatedCall.RECEIVE, 100L)
                    .containsEntry(SimulatedCall.SEND, 200L)
                    .doesNotContainKey(SimulatedCall.INTEREST);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatComesWhileTheCodecWaitsIsReportedOnce(Trigger trigger) throws Exception {
        List<Session<ByteBuf>> asked = new ArrayList<>();
        SimulatedTransport network = new SimulatedTransport(1, Conditions.calm(trigger));
        try (SimulatedServer server =
                new SimulatedServer(network, session -> message -> asked.add(session), "servers.test.codec = turns")) {
            SimulatedPeer peer = server.connectOpen();
            peer.offer(new byte[1], 0, 1);
            server.turns(3);
            Map<SimulatedCall, Long> made = calls(server, () -> {
                for (int i = 0; i < 10; i++) {
                    peer.offer(new byte[1], 0, 1);
                    server.turns(3);
                }
                for (int i = 0; i <= 10; i++) {
                    server.loop().execute(() -> asked.removeFirst().send(Unpooled.wrappedBuffer(new byte[1])));
                    server.turns(3);
                }
                assertThat(peer.take(100)).hasSize(11);
            });
            assertThat(made).containsEntry(SimulatedCall.INTEREST, 2L).containsEntry(SimulatedCall.RECEIVE, 1L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void requestsThatComeTogetherAreAnsweredTogether(Trigger trigger) throws Exception {
        try (SimulatedServer server = echo(trigger, "servers.test.codec = pairs")) {
            SimulatedPeer peer = server.connectOpen();
            server.turns(3);
            Map<SimulatedCall, Long> made = calls(server, () -> {
                peer.offer(new byte[200], 0, 200);
                server.turns(1);
                assertThat(peer.take(300)).hasSize(200);
            });
            assertThat(made)
                    .containsEntry(SimulatedCall.RECEIVE, 1L)
                    .containsEntry(SimulatedCall.SEND, 1L)
                    .doesNotContainKey(SimulatedCall.INTEREST);
        }
    }

    @ParameterizedTest
    @EnumSource
    void writabilityIsAskedForOnlyWhenTheSocketIsFullAndUndoneOnce(Trigger trigger) throws Exception {
        Conditions small = Conditions.calm(trigger).buffers(1000, 1000);
        SimulatedTransport network = new SimulatedTransport(1, small);
        try (SimulatedServer server = new SimulatedServer(network, session -> session::send)) {
            SimulatedPeer peer = server.connectOpen();
            server.turns(3);
            Map<SimulatedCall, Long> made = calls(server, () -> {
                for (int i = 0; i < 4; i++) {
                    assertThat(peer.offer(new byte[1000], 0, 1000)).isEqualTo(1000);
                    server.turns(2);
                }
                int[] got = {0};
                server.until("all is echoed", () -> (got[0] += peer.take(1000).length) == 4000);
                server.turns(2);
            });
            assertThat(made).containsEntry(SimulatedCall.INTEREST, 2L);
        }
    }

    @Test
    void nobodyIsWokenByTheLoopItself() throws Exception {
        List<Runnable> ran = new ArrayList<>();
        SimulatedTransport network = new SimulatedTransport(1, Conditions.calm(Trigger.EDGE));
        try (SimulatedServer server = new SimulatedServer(
                network,
                session -> message -> session.execute(() -> {
                    ran.add(session::close);
                    session.close();
                }))) {
            SimulatedPeer peer = server.connectOpen();
            peer.offer(new byte[1], 0, 1);
            server.until("the task has run", () -> !ran.isEmpty());
            assertThat(network.calls().of(SimulatedCall.WAKE)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTurnAcceptsAsManyAsThePolicySays(Trigger trigger) throws Exception {
        assertThat(acceptsOfFirstTurn(trigger, "one")).isEqualTo(1);
        assertThat(acceptsOfFirstTurn(trigger, "{ use = batch, size = 7 }")).isEqualTo(7);
        // One more, which finds the queue empty.
        assertThat(acceptsOfFirstTurn(trigger, "drain")).isEqualTo(41);
    }

    private static long acceptsOfFirstTurn(Trigger trigger, String policy) throws Exception {
        try (SimulatedServer server = echo(trigger, "servers.test.lifecycle.accept = " + policy)) {
            for (int i = 0; i < 40; i++) {
                server.connect();
            }
            long accepts = calls(server, () -> server.turns(1)).get(SimulatedCall.ACCEPT);
            server.until("all are accepted", () -> server.metrics().opened() == 40);
            return accepts;
        }
    }

    @ParameterizedTest
    @EnumSource
    void anIdleServerDoesNothingButPoll(Trigger trigger) throws Exception {
        try (SimulatedServer server = echo(trigger)) {
            server.connectOpen();
            server.turns(3);
            Map<SimulatedCall, Long> made = calls(server, () -> server.turns(50));
            assertThat(made).containsOnly(Map.entry(SimulatedCall.POLL, 50L), Map.entry(SimulatedCall.SUBMIT, 50L));
        }
    }
}
