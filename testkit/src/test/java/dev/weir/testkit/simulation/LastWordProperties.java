package dev.weir.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fault.CloseReason.Cause;
import dev.weir.protocol.Goodbye;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Hold;
import dev.weir.protocol.Session;
import dev.weir.server.Weir.Ending;
import dev.weir.testkit.Peer.Input;
import dev.weir.testkit.simulation.Conditions.Trigger;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What the engine sends or drops of its own accord at an ending harms nothing that the peer was owed. */
class LastWordProperties {
    private static final int GOODBYE_BYTES = 3;
    private static final String NO_HEARTBEAT = "servers.test.lifecycle.heartbeat = []";
    private static final Optional<Goodbye<ByteBuf>> BYE =
            Optional.of(reason -> Optional.of(Unpooled.wrappedBuffer(new byte[GOODBYE_BYTES])));

    /** How a connection with which nothing is wrong ends. */
    enum Way {
        FLUSH_LIMIT(Cause.DRAINED, NO_HEARTBEAT),
        DRAIN_DEADLINE(Cause.DRAINED, NO_HEARTBEAT, "process.drain.deadline = 500ms"),
        IDLE(Cause.IDLE, "servers.test.lifecycle.heartbeat = [ { use = idle, timeout = 500ms } ]"),
        EVICTED(
                Cause.EVICTED,
                NO_HEARTBEAT,
                "process.max-connections = 1",
                "process.descriptors.on-exhausted = { use = evict-idle, idle-for = 0s }"),
        LATE(Cause.DEADLINE, NO_HEARTBEAT, "servers.test { codec = pairs, lifecycle.deadlines.frame = 500ms }"),
        PEER_LEAVES(Cause.DRAINED, NO_HEARTBEAT);

        private final Cause cause;
        private final String settings;

        Way(Cause cause, String... settings) {
            this.cause = cause;
            this.settings = String.join(", ", settings);
        }
    }

    /** Sends so many bytes when it opens. */
    private static Handler<ByteBuf> sending(Session<ByteBuf> session, int bytes) {
        return new Handler<>() {
            @Override
            public void onOpened() {
                session.send(Unpooled.wrappedBuffer(new byte[bytes]));
            }

            @Override
            public void onMessage(ByteBuf message) {}
        };
    }

    @Property(tries = 100)
    void whoIsSlowGetsAllThatTheSystemHasTakenThoughTheGoodbyeCannotLeave(
            @ForAll Trigger trigger,
            @ForAll Way way,
            @ForAll @IntRange(min = GOODBYE_BYTES, max = 5000) int sendBytes,
            @ForAll @IntRange(min = GOODBYE_BYTES, max = 5000) int receiveBytes,
            @ForAll @IntRange(max = GOODBYE_BYTES) int room)
            throws Exception {
        var network = new SimulatedTransport(1, Conditions.calm(trigger).buffers(sendBytes, receiveBytes));
        int owed = Math.max(0, sendBytes + receiveBytes - room);
        boolean isCutOff = 0 < room && room < GOODBYE_BYTES;
        try (SimulatedServer server = new SimulatedServer(
                network,
                new SimulatedServer.Tested(session -> sending(session, owed), BYE),
                builder -> {},
                "servers.test.lifecycle { close.flush = 1s, deadlines.first-byte = off }",
                way.settings)) {
            SimulatedPeer peer = server.connect();
            server.until(
                    "the system has taken all",
                    () -> server.metrics().opened() == 1 && server.reading("weir.server.bytes.sent") == owed);
            switch (way) {
                case FLUSH_LIMIT, DRAIN_DEADLINE, PEER_LEAVES -> server.weir.drain();
                case IDLE -> network.clock().advance(Duration.ofMillis(501));
                case EVICTED -> server.connect();
                case LATE -> {
                    peer.offer(new byte[1], 0, 1);
                    server.turns(3);
                    network.clock().advance(Duration.ofMillis(501));
                }
            }
            server.turns(5);
            if (way == Way.PEER_LEAVES) {
                peer.reset();
                server.until("it is over", () -> server.weir.openConnections() == 0);
            } else {
                network.clock().advance(Duration.ofMillis(1001));
                server.turns(5);
                byte[] got = readToEnd(server, peer);
                if (isCutOff) {
                    assertThat(peer.input())
                            .as("a part is not to be taken for the whole")
                            .isEqualTo(Input.RESET);
                } else {
                    assertThat(got).hasSize(owed + (room == 0 ? 0 : GOODBYE_BYTES));
                    assertThat(peer.input()).isEqualTo(Input.END);
                }
                peer.close();
            }
            server.until("it is counted", () -> server.metrics().closed(way.cause) == 1);
            assertThat(server.metrics().repliesLost()).isEqualTo(isCutOff ? 1 : 0);
            if (way.cause == Cause.DRAINED) {
                server.until("the drain is over", server.weir::isEnded);
                assertThat(server.weir.awaitEnd()).isEqualTo(isCutOff ? Ending.REPLIES_LOST : Ending.CLEAN);
            }
        }
    }

    private static byte[] readToEnd(SimulatedServer server, SimulatedPeer peer) {
        ByteBuf got = Unpooled.buffer();
        server.until("the peer reads to the end", () -> {
            got.writeBytes(peer.take(64 * 1024));
            return peer.input() != Input.OPEN;
        });
        return Arrays.copyOf(got.array(), got.readableBytes());
    }

    @Property(tries = 20)
    void aGoodbyeThatEndsItsOwnConnectionIsReleased(@ForAll Trigger trigger, @ForAll boolean large) throws Exception {
        List<Session<ByteBuf>> sessions = new ArrayList<>();
        List<ByteBuf> words = new ArrayList<>();
        Goodbye<ByteBuf> fatal = reason -> {
            sessions.getFirst().abort();
            words.add(Unpooled.wrappedBuffer(new byte[large ? 100_000 : 10]));
            return Optional.of(words.getFirst());
        };
        var network = new SimulatedTransport(1, Conditions.calm(trigger));
        try (SimulatedServer server = new SimulatedServer(
                network,
                new SimulatedServer.Tested(
                        session -> {
                            sessions.add(session);
                            return message -> {};
                        },
                        Optional.of(fatal)),
                builder -> {})) {
            long idle = server.allocated();
            server.connectOpen();
            server.weir.drain();
            server.until("it is over", () -> server.weir.openConnections() == 0);
            assertThat(words).singleElement().matches(word -> word.refCnt() == 0, "is released");
            assertThat(server.allocated()).as("bytes of buffers").isEqualTo(idle);
        }
    }

    @Property(tries = 20)
    void theOneReplyArrivesThoughForceClosesOverUnreadInput(
            @ForAll Trigger trigger, @ForAll @IntRange(min = 1, max = 200_000) int unread) throws Exception {
        var network = new SimulatedTransport(1, Conditions.calm(trigger).buffers(1 << 18, 1 << 18));
        List<Runnable> owed = new ArrayList<>();
        try (SimulatedServer server = new SimulatedServer(
                network,
                session -> message -> {
                    Hold hold = session.hold();
                    owed.add(() -> {
                        session.send(Unpooled.wrappedBuffer(new byte[1000]));
                        hold.release();
                    });
                },
                "servers.test.lifecycle { connection-mode = short, close = force }")) {
            SimulatedPeer peer = server.connectOpen();
            peer.offer(new byte[1], 0, 1);
            server.until("it is asked", () -> owed.size() == 1);
            peer.offer(new byte[unread], 0, unread);
            server.turns(3);
            server.loop().execute(owed.getFirst());
            assertThat(readToEnd(server, peer)).hasSize(1000);
            assertThat(peer.input()).isEqualTo(Input.END);
            assertThat(owed).hasSize(1);
        }
    }

    @Example
    void whoIsRefusedWithAGoodbyeIsCountedAndNotAmongTheLastEndings() throws Exception {
        var network = new SimulatedTransport(1, Conditions.calm(Trigger.EDGE));
        try (SimulatedServer server = new SimulatedServer(
                network,
                new SimulatedServer.Tested(session -> message -> {}, BYE),
                builder -> {},
                "servers.test.lifecycle.admission.max-connections = 1")) {
            SimulatedPeer first = server.connectOpen();
            SimulatedPeer refused = server.connect();
            assertThat(readToEnd(server, refused)).hasSize(GOODBYE_BYTES);
            refused.close();
            server.until("it is counted", () -> server.metrics().closed(Cause.REFUSED) == 1);
            assertThat(server.weir.recentEndings()).isEmpty();
            first.close();
            server.until("the other is over", () -> server.weir.openConnections() == 0);
            assertThat(server.weir.recentEndings())
                    .singleElement()
                    .matches(ended -> ended.reason().cause() == Cause.PEER_CLOSED);
        }
    }
}
