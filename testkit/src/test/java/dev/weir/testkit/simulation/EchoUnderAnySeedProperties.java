package dev.weir.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fault.CloseReason;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import dev.weir.testkit.Peer.Input;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Bytes and connections on a network on which everything may happen. */
class EchoUnderAnySeedProperties {

    @Property(tries = 50)
    void everyByteIsEchoedOnceAndInOrder(
            @ForAll long seed,
            @ForAll @IntRange(max = 20_000) int size,
            @ForAll @IntRange(min = 1, max = 5_000) int piece)
            throws Exception {
        // A few hundred turns are enough of small buffers.
        byte[] bytes = new byte[Math.min(size, 500 * Conditions.of(seed).sendBufferBytes())];
        new Random(seed).nextBytes(bytes);
        try (SimulatedServer server = new SimulatedServer(new SimulatedTransport(seed), session -> session::send)) {
            SimulatedPeer peer = server.connectOpen();
            ByteArrayOutputStream echoed = new ByteArrayOutputStream();
            int[] sent = {0};
            server.until("all is echoed", () -> {
                if (sent[0] < bytes.length) {
                    sent[0] += Math.max(0, peer.offer(bytes, sent[0], Math.min(piece, bytes.length - sent[0])));
                }
                echoed.writeBytes(peer.take(piece));
                return echoed.size() >= bytes.length || peer.input() != Input.OPEN;
            });
            peer.halfClose();
            server.until("the server ends its half", () -> {
                echoed.writeBytes(peer.take(1));
                return peer.input() != Input.OPEN;
            });
            assertThat(echoed.toByteArray()).isEqualTo(bytes);
            assertThat(peer.input()).isEqualTo(Input.END);
        }
    }

    @Property(tries = 50)
    void whatWasSentBeforeTheEndOfInputIsAnsweredBeforeTheEnd(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3_000) int size) throws Exception {
        byte[] bytes = new byte[Math.min(size, Conditions.of(seed).sendBufferBytes())];
        try (SimulatedServer server = new SimulatedServer(new SimulatedTransport(seed), session -> session::send)) {
            SimulatedPeer peer = server.connectOpen();
            assertThat(peer.offer(bytes, 0, bytes.length)).isEqualTo(bytes.length);
            peer.halfClose();
            int[] echoed = {0};
            server.until("the server ends its half", () -> {
                echoed[0] += peer.take(size).length;
                return peer.input() != Input.OPEN;
            });
            assertThat(peer.input()).isEqualTo(Input.END);
            assertThat(echoed[0]).isEqualTo(bytes.length);
        }
    }

    /** What happens to a connection, by its peer, its protocol or time. */
    enum Act {
        PEER_SENDS,
        PEER_TAKES,
        PEER_HALF_CLOSES,
        PEER_CLOSES,
        PEER_RESETS,
        PAUSE,
        RESUME,
        SEND,
        CLOSE,
        ABORT,
        TURN,
        ELAPSE
    }

    @Property(tries = 100)
    void whateverHappensAHandlerIsOpenedFirstAndClosedLastAndOnce(@ForAll long seed, @ForAll List<Act> acts)
            throws Exception {
        List<Life> lives = new ArrayList<>();
        SimulatedTransport network = new SimulatedTransport(seed).advancingClock();
        try (SimulatedServer server = new SimulatedServer(network, session -> {
            Life life = new Life(session);
            lives.add(life);
            return life;
        })) {
            SimulatedPeer peer = server.connectOpen();
            Life life = lives.getLast();
            for (Act act : acts) {
                play(act, server, peer, life);
            }
            if (peer.offer(new byte[0], 0, 0) == SimulatedPeer.LOST) {
                // It has ended its half or closed, which a connection that pauses need not know.
                life.session.execute(life.session::abort);
            } else {
                peer.reset();
            }
            server.until("the connection is closed", () -> life.closed == 1);
            server.turns(3);
            lives.forEach(each -> assertThat(each.wrong).isEmpty());
        }
    }

    private static void play(Act act, SimulatedServer server, SimulatedPeer peer, Life life) throws Exception {
        byte[] some = new byte[300];
        switch (act) {
            case PEER_SENDS -> peer.offer(some, 0, some.length);
            case PEER_TAKES -> peer.take(200);
            case PEER_HALF_CLOSES -> peer.halfClose();
            case PEER_CLOSES -> peer.close();
            case PEER_RESETS -> peer.reset();
            case TURN -> server.turns(1);
            case ELAPSE -> server.elapse(Duration.ofSeconds(3));
            default -> life.session.execute(() -> life.act(act));
        }
    }

    /** Notes each call that comes where it must not. */
    private static final class Life implements Handler<ByteBuf> {
        private final Session<ByteBuf> session;
        private final List<String> wrong = new ArrayList<>();
        private boolean opened;
        private int closed;

        Life(Session<ByteBuf> session) {
            this.session = session;
        }

        void act(Act act) {
            note("task", !opened);
            switch (act) {
                case PAUSE -> session.pauseReading();
                case RESUME -> session.resumeReading();
                case SEND -> session.send(Unpooled.buffer().writeZero(5_000));
                case CLOSE -> session.close();
                case ABORT -> session.abort();
                default -> throw new AssertionError(act);
            }
        }

        @Override
        public void onOpened() {
            note("onOpened", opened);
            opened = true;
        }

        @Override
        public void onMessage(ByteBuf message) {
            note("onMessage", !opened);
            session.send(message);
        }

        @Override
        public void onPeerHalfClosed() {
            note("onPeerHalfClosed", !opened);
        }

        @Override
        public void onClosed(CloseReason reason) {
            note("onClosed", !opened);
            closed++;
        }

        private void note(String call, boolean isWrong) {
            if (isWrong || closed > 0) {
                wrong.add(call);
            }
        }
    }
}
