package dev.weir.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loop.EventLoop;
import dev.weir.testkit.simulation.Conditions.Trigger;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** One connection is not served at the cost of another. */
class FairnessProperties {
    /** More than a turn reads of one connection. */
    private static final int MUCH = 1 << 20;

    /** What a turn reads of one connection: four full buffers. */
    private static final long MOST_A_TURN = 2L * EventLoop.RECEIVE_BYTES;

    @Property(tries = 15)
    void whoeverFloodsDoesNotKeepAQuietOneWaiting(
            @ForAll Trigger trigger, @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int flooding)
            throws Exception {
        SimulatedTransport network =
                new SimulatedTransport(seed, Conditions.calm(trigger).buffers(MUCH / 2, MUCH / 2));
        try (SimulatedServer server = new SimulatedServer(network, session -> session::send)) {
            List<SimulatedPeer> floods = new ArrayList<>();
            for (int i = 0; i < flooding; i++) {
                floods.add(server.connectOpen());
            }
            SimulatedPeer quiet = server.connectOpen();
            byte[] much = new byte[MUCH];
            for (int turn = 0; turn < 20; turn++) {
                for (SimulatedPeer flood : floods) {
                    flood.offer(much, 0, much.length);
                    flood.take(much.length);
                }
                quiet.offer(new byte[1], 0, 1);
                long before = server.bytesReceived();
                server.turns(1);
                assertThat(server.bytesReceived() - before)
                        .as("bytes received in a turn")
                        .isLessThanOrEqualTo(flooding * MOST_A_TURN + 1);
                assertThat(quiet.take(1))
                        .as("the answer in the turn of the question")
                        .hasSize(1);
            }
        }
    }

    @Property(tries = 8)
    void whoeverDownloadsMuchGetsNoMoreInATurnThanOneConnectionMayHave(@ForAll Trigger trigger, @ForAll long seed)
            throws Exception {
        int piece = 8 * 1024;
        int pieces = 1024;
        SimulatedTransport network =
                new SimulatedTransport(seed, Conditions.calm(trigger).buffers(16 << 20, 16 << 20));
        try (SimulatedServer server = new SimulatedServer(network, session -> message -> {
            for (int i = 0; i < pieces; i++) {
                session.send(Unpooled.directBuffer(piece, piece).writeZero(piece));
            }
        })) {
            SimulatedPeer peer = server.connectOpen();
            peer.offer(new byte[1], 0, 1);
            int taken = 0;
            for (int turn = 0; turn < 100 && taken < piece * pieces; turn++) {
                long before = server.reading("weir.server.bytes.sent");
                server.turns(1);
                // About: a send offers 64 pieces.
                assertThat(server.reading("weir.server.bytes.sent") - before)
                        .as("bytes sent in a turn")
                        .isLessThanOrEqualTo(MUCH + 64L * piece);
                taken += peer.take(piece * pieces).length;
            }
            assertThat(taken).as("all of it").isEqualTo(piece * pieces);
        }
    }

    @Property(tries = 20)
    void aPeerThatDoesNotReadCostsNoMoreThanTheHighMark(@ForAll long seed, @ForAll Trigger trigger) throws Exception {
        SimulatedTransport network = new SimulatedTransport(seed, Conditions.calm(trigger));
        String marks = "servers.test.lifecycle.backpressure { high = 64KiB, low = 16KiB }";
        try (SimulatedServer server = new SimulatedServer(network, session -> session::send, marks)) {
            SimulatedPeer peer = server.connectOpen();
            long idle = server.allocated();
            long sent = 0;
            byte[] piece = new byte[64 * 1024];
            for (int turn = 0; turn < 300; turn++) {
                sent += peer.offer(piece, 0, piece.length);
                server.turns(1);
                // What one turn reads at the most comes on top of the mark.
                assertThat(server.allocated() - idle).isLessThanOrEqualTo(64 * 1024 + 4 * 64 * 1024);
            }
            long all = sent;
            long[] echoed = {0};
            server.until("all that was taken is echoed", () -> {
                echoed[0] += peer.take(1 << 20).length;
                return echoed[0] == all;
            });
            assertThat(server.allocated()).isEqualTo(idle);
        }
    }

    @Property(tries = 20)
    void aResetIsNoticedThoughNothingIsRead(@ForAll long seed, @ForAll Trigger trigger) throws Exception {
        SimulatedTransport network = new SimulatedTransport(seed, Conditions.calm(trigger));
        try (SimulatedServer server = new SimulatedServer(network, session -> message -> {
            session.send(Unpooled.buffer().writeZero(10));
            session.pauseReading();
        })) {
            SimulatedPeer peer = server.connectOpen();
            peer.offer(new byte[1], 0, 1);
            server.until("it is paused", () -> peer.take(10).length == 10);
            peer.reset();
            server.until("the connection is closed", () -> server.weir.openConnections() == 0);
            assertThat(server.metrics().closed(dev.weir.fault.CloseReason.Cause.PEER_RESET))
                    .isOne();
        }
    }
}
