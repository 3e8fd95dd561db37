package dev.weir.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fault.CloseReason.Cause;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import dev.weir.testkit.Peer.Input;
import dev.weir.testkit.simulation.Conditions.Trigger;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Looking at a connection in time changes nothing of what it hears, and takes nobody for dead who lives. */
class WatchProperties {
    private static final String NO_DEADLINES = "servers.test.lifecycle.deadlines { first-byte = off, frame = off }";
    private static final String PAIRS = "servers.test.codec = pairs";
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration TICK = Duration.ofMillis(2);

    /** What looks at a connection after 30 seconds. */
    enum Look {
        IDLE("heartbeat = [ { use = idle, timeout = 30s } ]", ""),
        MAX_AGE("heartbeat = []", ", max-age = 30s, max-age-jitter = 0");

        private final String settings;

        Look(String heartbeat, String deadlines) {
            this.settings = "servers.test.lifecycle { " + heartbeat + ", deadlines { first-byte = off, frame = off"
                    + deadlines + " } }";
        }
    }

    private static String pings(int misses) {
        return "servers.test.lifecycle.heartbeat = [ { use = ping, every = %ds, misses = %d } ]"
                .formatted(EVERY.toSeconds(), misses);
    }

    private static SimulatedTransport network(Trigger trigger, int bufferBytes) {
        return new SimulatedTransport(1, Conditions.calm(trigger).buffers(bufferBytes, bufferBytes));
    }

    private static void elapse(SimulatedServer server, Duration time) {
        server.turns(3);
        server.network.clock().advance(time);
        server.turns(3);
    }

    /** Bytes come in between the poll of a turn and the timer that looks. */
    private static void sendJustBeforeTheLook(Session<ByteBuf> session, List<SimulatedPeer> peers, byte[] bytes) {
        session.schedule(Duration.ofSeconds(29), () -> peers.getFirst().offer(bytes, 0, bytes.length));
    }

    @Property(tries = 20)
    void aSwitchOfTheProtocolHoldsFromTheNextMessageOnThoughALookFoundIt(@ForAll Trigger trigger, @ForAll Look look)
            throws Exception {
        List<SimulatedPeer> peers = new ArrayList<>();
        List<String> heard = new ArrayList<>();
        var upgraded = new SimulatedServer.Tested(
                session -> message -> heard.add("new " + message.readableBytes()), Optional.empty());
        try (SimulatedServer server = new SimulatedServer(
                network(trigger, 1000),
                session -> new Handler<>() {
                    @Override
                    public void onOpened() {
                        sendJustBeforeTheLook(session, peers, new byte[2 + 3 + 3]);
                    }

                    @Override
                    public void onMessage(ByteBuf message) {
                        heard.add("old " + message.readableBytes());
                        session.switchTo(new SimulatedServer.Bytes(3), upgraded);
                    }
                },
                PAIRS,
                look.settings)) {
            peers.add(server.connect());
            server.until("it is open", () -> server.metrics().opened() == 1);
            elapse(server, Duration.ofSeconds(31));
            assertThat(heard).containsExactly("old 2", "new 3", "new 3");
        }
    }

    @Property(tries = 20)
    void aShortConnectionAnswersOneRequestThoughALookFoundTwo(@ForAll Trigger trigger, @ForAll Look look)
            throws Exception {
        List<SimulatedPeer> peers = new ArrayList<>();
        AtomicInteger requests = new AtomicInteger();
        try (SimulatedServer server = new SimulatedServer(
                network(trigger, 1000),
                session -> new Handler<>() {
                    @Override
                    public void onOpened() {
                        sendJustBeforeTheLook(session, peers, new byte[4]);
                    }

                    @Override
                    public void onMessage(ByteBuf message) {
                        requests.incrementAndGet();
                        session.send(Unpooled.wrappedBuffer(new byte[1]));
                    }
                },
                PAIRS,
                "servers.test.lifecycle.connection-mode = short",
                look.settings)) {
            SimulatedPeer peer = server.connect();
            peers.add(peer);
            server.until("it is open", () -> server.metrics().opened() == 1);
            elapse(server, Duration.ofSeconds(31));
            assertThat(peer.take(10)).hasSize(1);
            assertThat(peer.take(10)).isEmpty();
            assertThat(peer.input()).isEqualTo(Input.END);
            assertThat(requests).hasValue(1);
        }
    }

    /** Sends so many bytes, which are not 0, when it opens. */
    private static class Download implements Handler<ByteBuf> {
        final Session<ByteBuf> session;
        private final int bytes;

        Download(Session<ByteBuf> session, int bytes) {
            this.session = session;
            this.bytes = bytes;
        }

        static ByteBuf piece(int bytes) {
            byte[] piece = new byte[bytes];
            Arrays.fill(piece, (byte) 7);
            return Unpooled.wrappedBuffer(piece);
        }

        @Override
        public void onOpened() {
            session.send(piece(bytes));
        }

        @Override
        public void onMessage(ByteBuf message) {}
    }

    private static byte[] readAll(SimulatedServer server, SimulatedPeer peer) {
        ByteBuf got = Unpooled.buffer();
        int[] vain = {0};
        server.until("nothing more comes", () -> {
            byte[] piece = peer.take(64 * 1024);
            got.writeBytes(piece);
            vain[0] = piece.length > 0 ? 0 : vain[0] + 1;
            return vain[0] == 5;
        });
        return Arrays.copyOf(got.array(), got.readableBytes());
    }

    private static int pingsIn(byte[] bytes) {
        int pings = 0;
        for (byte one : bytes) {
            pings += one == 0 ? 1 : 0;
        }
        return pings;
    }

    @Property(tries = 40)
    void aPingThatHadToWaitHasItsTimeForAnAnswerFromWhenItLeft(
            @ForAll Trigger trigger,
            @ForAll @IntRange(min = 1, max = 5000) int queued,
            @ForAll @IntRange(min = 1, max = 9) int seconds,
            @ForAll boolean answers)
            throws Exception {
        try (SimulatedServer server = new SimulatedServer(
                network(trigger, 1000), session -> new Download(session, 2000 + queued), NO_DEADLINES, pings(1))) {
            SimulatedPeer peer = server.connect();
            server.until("the system is full", () -> server.reading("weir.server.bytes.sent") == 2000);
            elapse(server, EVERY.plus(TICK));
            assertThat(server.reading("weir.server.pings.sent")).isOne();
            elapse(server, Duration.ofSeconds(seconds));
            byte[] got = readAll(server, peer);
            assertThat(got).hasSize(2000 + queued + 1);
            elapse(server, EVERY.minus(TICK));
            assertThat(server.weir.openConnections()).isOne();
            if (answers) {
                peer.offer(new byte[1], 0, 1);
                elapse(server, TICK.multipliedBy(2));
                assertThat(server.weir.openConnections()).isOne();
            } else {
                elapse(server, TICK.multipliedBy(2));
                assertThat(server.metrics().closed(Cause.UNRESPONSIVE)).isOne();
            }
        }
    }

    @Property(tries = 20)
    void aPingIsNotAmongTheMessagesThatMayBeDropped(
            @ForAll Trigger trigger, @ForAll @IntRange(min = 1, max = 100) int messages) throws Exception {
        try (SimulatedServer server = new SimulatedServer(
                network(trigger, 1000),
                session -> new Download(session, 200_000) {
                    @Override
                    public void onOpened() {
                        super.onOpened();
                        session.schedule(Duration.ofSeconds(12), () -> {
                            for (int i = 0; i < messages; i++) {
                                session.send(piece(5000));
                            }
                        });
                    }
                },
                NO_DEADLINES,
                "servers.test.lifecycle.backpressure { high = 64KiB, low = 4KiB, slow-reader = { use = drop-oldest, keep = 4KiB"
                        + " } }",
                pings(3))) {
            SimulatedPeer peer = server.connect();
            server.until("it is open", () -> server.metrics().opened() == 1);
            elapse(server, EVERY.plus(TICK));
            assertThat(server.reading("weir.server.pings.sent")).isOne();
            elapse(server, Duration.ofSeconds(3));
            assertThat(pingsIn(readAll(server, peer))).isOne();
        }
    }

    @Property(tries = 30)
    void whoTakesNothingAboveTheHighMarkIsFoundAsAnyOtherWhoDoesNotAnswer(
            @ForAll Trigger trigger,
            @ForAll @IntRange(min = 1, max = 4) int misses,
            @ForAll @IntRange(max = 3) int progresses)
            throws Exception {
        try (SimulatedServer server = new SimulatedServer(
                network(trigger, 1000),
                session -> new Download(session, 200_000),
                NO_DEADLINES,
                "servers.test.lifecycle.backpressure { high = 64KiB, low = 4KiB, slow-reader = pause }",
                pings(misses))) {
            SimulatedPeer peer = server.connect();
            server.until("the system is full", () -> server.reading("weir.server.bytes.sent") == 2000);
            Duration limit = EVERY.multipliedBy(misses + 1L);
            for (int i = 0; i < progresses; i++) {
                elapse(server, limit.minus(TICK));
                assertThat(peer.take(100)).hasSize(100);
            }
            elapse(server, limit.minus(TICK));
            assertThat(server.weir.openConnections()).isOne();
            elapse(server, TICK.multipliedBy(2));
            assertThat(server.metrics().closed(Cause.UNRESPONSIVE)).isOne();
        }
    }

    @Property(tries = 20)
    void theProtocolDoesNotHearOfTheSendingOfPings(
            @ForAll Trigger trigger, @ForAll @IntRange(min = 1, max = 5) int pings) throws Exception {
        AtomicInteger completed = new AtomicInteger();
        try (SimulatedServer server = new SimulatedServer(
                network(trigger, 1000),
                session -> new Download(session, 10) {
                    @Override
                    public void onWriteComplete() {
                        completed.incrementAndGet();
                    }
                },
                NO_DEADLINES,
                pings(10))) {
            SimulatedPeer peer = server.connect();
            server.until("it is open", () -> server.metrics().opened() == 1);
            for (int i = 0; i < pings; i++) {
                elapse(server, EVERY.plus(TICK));
            }
            assertThat(pingsIn(readAll(server, peer))).isEqualTo(pings);
            assertThat(completed).hasValue(1);
        }
    }
}
