package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fault.CloseReason.Cause;
import dev.weir.protocol.BlockingSession;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Pings;
import dev.weir.protocol.Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * Who is taken for dead and who is not. A transport's test extends this and says how to get at the transport, caller-driven: time is
 * the test's.
 */
@AddLifecycleHook(LeakCheck.class)
public abstract class HeartbeatContract {
    private static final Duration EVERY = Duration.ofSeconds(30);
    /** What is due at a time has happened so much later: the resolution of timers. */
    private static final Duration TICK = Duration.ofMillis(2);

    private static final String NO_DEADLINES = "servers.test.lifecycle.deadlines { first-byte = off, frame = off }";
    private static final String RAW = "servers.test.codec = raw";
    private static final int SMALL_WINDOW = 4 * 1024;
    private static final int PIECE = 16 * 1024;

    /** A new way to the transport under test, caller-driven. Called once for each run of a law. */
    protected abstract TransportSubject subject();

    private static String pings(int misses) {
        return "servers.test.lifecycle.heartbeat = [ { use = ping, every = %ds, misses = %d } ]"
                .formatted(EVERY.toSeconds(), misses);
    }

    private static String idle(String watch) {
        return "servers.test.lifecycle.heartbeat = [ { use = idle, timeout = %ds, watch = %s } ]"
                .formatted(EVERY.toSeconds(), watch);
    }

    private static Peer connected(TestServer server, int receiveBufferBytes) throws IOException {
        long opened = server.metrics().opened();
        Peer peer = server.connect(receiveBufferBytes);
        server.until("it is open", () -> server.metrics().opened() > opened);
        return peer;
    }

    private static void untilReceived(TestServer server, long bytes) {
        server.until(bytes + " bytes are received", () -> server.reading("weir.server.bytes.received") == bytes);
    }

    private static void assertPinged(Peer peer) {
        assertThat(peer.read(Pinged.ping().length)).isEqualTo(Pinged.ping());
    }

    @Property(tries = 5, shrinking = ShrinkingMode.OFF)
    void aPeerThatAnswersItsPingsLivesForAnHour(@ForAll @IntRange(min = 1, max = 3) int misses) throws Exception {
        Queue<String> heard = new ConcurrentLinkedQueue<>();
        Pinged protocol = new Pinged(session -> message -> heard.add(ByteBufUtil.hexDump(message)));
        try (TestServer server = TestServer.start(subject(), protocol, NO_DEADLINES, pings(misses))) {
            Peer peer = connected(server, 0);
            long answers = Duration.ofHours(1).dividedBy(EVERY);
            for (int i = 1; i <= answers; i++) {
                server.elapse(EVERY.plus(TICK));
                assertPinged(peer);
                peer.send(Pinged.pong());
                untilReceived(server, (long) i * Pinged.pong().length);
            }
            assertThat(server.weir().openConnections()).isOne();
            assertThat(server.reading("weir.server.pings.sent")).isEqualTo(answers);
            assertThat(heard).as("what the handler heard of it").isEmpty();
            server.assertIdle();
        }
    }

    @Property(tries = 5, shrinking = ShrinkingMode.OFF)
    void aSilentPeerIsAskedAndEndsWhenItHasMissedItsPings(
            @ForAll @IntRange(min = 1, max = 5) int misses, @ForAll boolean hold) throws Exception {
        // Work in flight keeps nobody from answering.
        Pinged protocol = new Pinged(session -> {
            if (hold) {
                session.hold();
            }
            return message -> {};
        });
        try (TestServer server = TestServer.start(subject(), protocol, NO_DEADLINES, pings(misses))) {
            Peer peer = connected(server, 0);
            for (int i = 0; i < misses; i++) {
                server.elapse(EVERY.plus(TICK));
                assertPinged(peer);
            }
            server.elapse(EVERY.minus(TICK));
            assertThat(server.weir().openConnections()).isOne();
            server.elapse(TICK.multipliedBy(2));
            server.untilClosed(1, Cause.UNRESPONSIVE);
            assertThat(peer.readToEnd()).isEmpty();
            server.assertIdle();
        }
    }

    @Property(tries = 5, shrinking = ShrinkingMode.OFF)
    void whoeverSendsAnyByteLives(@ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 29) Integer> seconds)
            throws Exception {
        byte[] frame = Frames.of(new byte[100]);
        try (TestServer server = TestServer.start(subject(), Pinged.ECHO, NO_DEADLINES, pings(1))) {
            Peer peer = connected(server, 0);
            for (int i = 0; i < seconds.size(); i++) {
                // A ping, and a byte of what is no message yet before the time for its answer is over.
                server.elapse(EVERY.plus(TICK));
                assertPinged(peer);
                server.elapse(Duration.ofSeconds(seconds.get(i)));
                peer.send(new byte[] {frame[i]});
                untilReceived(server, i + 1);
            }
            assertThat(server.weir().openConnections()).isOne();
            peer.close();
            server.assertIdle();
        }
    }

    /** Reads lines of a peer and keeps them. */
    private record Reader(Queue<String> read) implements BlockingBytesProtocol {
        @Override
        public Optional<Pings<ByteBuf, ByteBuf>> pings() {
            return Optional.of(Pinged.PINGS);
        }

        @Override
        public void serve(BlockingSession<ByteBuf, ByteBuf> session) throws Exception {
            Optional<ByteBuf> message = session.read();
            while (message.isPresent()) {
                read.add(ByteBufUtil.hexDump(message.get()));
                message.get().release();
                message = session.read();
            }
        }
    }

    @Property(tries = 5, shrinking = ShrinkingMode.OFF)
    void answersAreKeptFromTheProtocolAndNothingElseIs(
            @ForAll boolean blocking, @ForAll @Size(min = 1, max = 20) List<Boolean> answers) throws Exception {
        Queue<String> heard = new ConcurrentLinkedQueue<>();
        List<String> sent = new ArrayList<>();
        try (TestServer server = blocking
                ? TestServer.start(subject(), new Reader(heard), NO_DEADLINES, pings(3))
                : TestServer.start(
                        subject(),
                        new Pinged(session -> message -> heard.add(ByteBufUtil.hexDump(message))),
                        NO_DEADLINES,
                        pings(3))) {
            Peer peer = connected(server, 0);
            server.elapse(EVERY.plus(TICK));
            assertPinged(peer);
            for (int i = 0; i < answers.size(); i++) {
                byte[] message = {1, 2, (byte) i};
                peer.send(answers.get(i) ? Pinged.pong() : Frames.of(message));
                if (!answers.get(i)) {
                    sent.add(ByteBufUtil.hexDump(message));
                }
            }
            peer.halfClose();
            server.untilNoneIsOpen();
            assertThat(heard).containsExactlyElementsOf(sent);
            server.assertIdle();
        }
    }

    @Property(tries = 5, shrinking = ShrinkingMode.OFF)
    void nothingIsHeldAgainstAPeerWhileNobodyReadsWhatItSays(@ForAll @IntRange(min = 1, max = 40) int periods)
            throws Exception {
        Queue<Session<ByteBuf>> sessions = new ConcurrentLinkedQueue<>();
        Pinged protocol = new Pinged(session -> {
            sessions.add(session);
            session.pauseReading();
            return message -> {};
        });
        try (TestServer server = TestServer.start(subject(), protocol, NO_DEADLINES, pings(1))) {
            Peer peer = connected(server, 0);
            peer.send(Frames.of(new byte[2]));
            for (int i = 0; i < periods; i++) {
                server.elapse(EVERY.plus(TICK));
            }
            assertThat(server.reading("weir.server.pings.sent")).isZero();
            sessions.element().execute(sessions.element()::resumeReading);
            server.elapse(EVERY.minus(TICK));
            assertThat(server.weir().openConnections()).isOne();
            peer.close();
            server.assertIdle();
        }
    }

    /** Sends so many bytes when it opens. */
    private static Handlers download(int bytes) {
        return new Handlers(session -> new Handler<>() {
            @Override
            public void onOpened() {
                session.send(Unpooled.wrappedBuffer(new byte[bytes]));
            }

            @Override
            public void onMessage(ByteBuf message) {}
        });
    }

    @Property(tries = 4, shrinking = ShrinkingMode.OFF)
    void aSlowDownloadIsNotIdleAndOneThatStandsStillIs(@ForAll boolean any, @ForAll boolean paused) throws Exception {
        // Above the high mark reading is paused, below it is not.
        int total = paused ? 3 << 20 : 3 << 19;
        String high = "servers.test.lifecycle.backpressure.high = 2MiB";
        String small = "servers.test.socket.send-buffer = 4KiB";
        try (TestServer server = TestServer.start(
                subject(), download(total), RAW, NO_DEADLINES, high, small, idle(any ? "any" : "write"))) {
            Peer peer = connected(server, SMALL_WINDOW);
            int read = 0;
            while (read < total / 2) {
                server.elapse(EVERY.dividedBy(2));
                assertThat(peer.read(4 * PIECE)).hasSize(4 * PIECE);
                read += 4 * PIECE;
                server.turns(2);
            }
            assertThat(server.weir().openConnections()).isOne();
            // Until the socket is full something may still go, however long it takes.
            for (int periods = 0; periods < 16; periods++) {
                server.elapse(EVERY.plus(TICK));
            }
            server.until("the end has begun", () -> server.reading("weir.loop.timers") > 0);
            // The peer goes on reading nothing: the ending has its own limit.
            server.elapse(Duration.ofSeconds(6));
            server.untilClosed(1, Cause.IDLE);
            server.assertIdle();
        }
    }

    @Property(tries = 4, shrinking = ShrinkingMode.OFF)
    void whoSendsIsNotIdleThoughNothingIsSentToIt(@ForAll boolean any) throws Exception {
        try (TestServer server = TestServer.start(
                subject(), new Handlers(session -> message -> {}), RAW, NO_DEADLINES, idle(any ? "any" : "read"))) {
            Peer peer = connected(server, 0);
            for (int i = 1; i <= 10; i++) {
                server.elapse(EVERY.minus(TICK));
                peer.send(new byte[1]);
                untilReceived(server, i);
            }
            assertThat(server.weir().openConnections()).isOne();
            server.elapse(EVERY.plus(TICK));
            assertThat(peer.readToEnd()).isEmpty();
            peer.close();
            server.untilClosed(1, Cause.IDLE);
            server.assertIdle();
        }
    }

    @Property(tries = 4, shrinking = ShrinkingMode.OFF)
    void aResetIsFoundWhileReadingIsPaused(@ForAll boolean unread) throws Exception {
        Handlers pausing = new Handlers(session -> message -> session.pauseReading());
        try (TestServer server = TestServer.start(subject(), pausing, NO_DEADLINES, RAW)) {
            Peer peer = connected(server, 0);
            peer.send(new byte[1]);
            untilReceived(server, 1);
            if (unread) {
                peer.send(new byte[100]);
            }
            peer.reset();
            // A transport may look for resets of paused connections once in a while only.
            server.elapse(Duration.ofSeconds(2));
            server.untilClosed(1, Cause.PEER_RESET);
            server.assertIdle();
        }
    }
}
