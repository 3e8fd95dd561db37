package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fault.CloseReason;
import dev.weir.fault.CloseReason.Cause;
import dev.weir.loop.EventLoop;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Hold;
import dev.weir.protocol.Session;
import dev.weir.server.Weir.Ending;
import dev.weir.transport.SocketOption;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.junit.jupiter.api.Assumptions;

/**
 * How connections and whole servers end: what was owed is delivered first. A transport's test extends this and says how to get at the
 * transport.
 */
@AddLifecycleHook(LeakCheck.class)
public abstract class ClosingContract {
    private static final String RAW = "servers.test.codec = raw";
    private static final String PROPAGATE = "servers.test.lifecycle.close.half-close = propagate";
    private static final String CLOSE = "servers.test.lifecycle.close.half-close = close";
    private static final int SMALL_WINDOW = 32 * 1024;

    /** A new way to the transport under test. Called once for each run of a law. */
    protected abstract TransportSubject subject();

    /** Keeps what is asked and answers later, on any thread, each time as many bytes as it was told. */
    private static final class Later implements Handler<ByteBuf> {
        private final Session<ByteBuf> session;
        private final int replyBytes;
        private final Queue<Runnable> owed;

        Later(Session<ByteBuf> session, int replyBytes, Queue<Runnable> owed) {
            this.session = session;
            this.replyBytes = replyBytes;
            this.owed = owed;
        }

        @Override
        public void onMessage(ByteBuf message) {
            Hold hold = session.hold();
            int request = message.readInt();
            owed.add(() -> {
                session.send(Unpooled.buffer(Math.max(4, replyBytes))
                        .writeInt(request)
                        .writeZero(Math.max(0, replyBytes - 4)));
                hold.release();
            });
        }
    }

    /** Requests numbered from 0, and what {@link Later} answers to them. */
    private static byte[] requests(int count) {
        return frames(count, 4);
    }

    private static byte[] frames(int count, int size) {
        byte[][] contents = new byte[count][];
        for (int i = 0; i < count; i++) {
            contents[i] = Unpooled.buffer(Math.max(4, size)).writeInt(i).array();
        }
        return Frames.of(contents);
    }

    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void answerThenCloseDeliversEveryReplyAndThenTheEnd(
            @ForAll @IntRange(max = 50) int requests, @ForAll @IntRange(max = 50_000) int replyBytes) throws Exception {
        Queue<Runnable> owed = new ConcurrentLinkedQueue<>();
        Handlers later = new Handlers(session -> new Later(session, replyBytes, owed));
        try (TestServer server = TestServer.start(subject(), later)) {
            Peer peer = server.connect(SMALL_WINDOW);
            peer.send(requests(requests));
            peer.halfClose();
            server.until("all requests are in", () -> owed.size() == requests);
            owed.forEach(Runnable::run);
            Bytes.assertSame(peer.readToEnd(), frames(requests, replyBytes));
            assertThat(peer.input()).isEqualTo(Peer.Input.END);
            server.untilClosed(1, Cause.PEER_CLOSED);
        }
    }

    @Example
    void aReplyThatTheSystemHasTakenIsDeliveredThoughThePeerIsSlowerThanTheWaitForItsEnd() throws Exception {
        Handlers oneReply = new Handlers(session -> new Handler<>() {
            @Override
            public void onOpened() {
                session.send(Unpooled.buffer(SMALL_WINDOW * 4).writeZero(SMALL_WINDOW * 4));
                session.close();
            }

            @Override
            public void onMessage(ByteBuf message) {}
        });
        try (TestServer server = TestServer.start(
                subject(),
                oneReply,
                RAW,
                "servers.test.lifecycle.close.fin = 1ms",
                "servers.test.socket.send-buffer = 256KiB")) {
            Peer peer = server.connect(4 * 1024);
            peer.offer(new byte[] {1}, 0, 1);
            server.until("the server is closing", () -> server.metrics().opened() == 1);
            // Of what arrives once the socket is closed the kernel makes a reset, and no server can help that.
            server.until("what was sent has arrived", () -> server.reading("weir.server.bytes.received") == 1);
            server.until("the server waits no longer", () -> {
                server.elapse(Duration.ofMillis(2));
                return server.weir().openConnections() == 0;
            });
            assertThat(peer.readToEnd()).hasSize(SMALL_WINDOW * 4);
            assertThat(peer.input()).isEqualTo(Peer.Input.END);
            assertThat(server.metrics().repliesLost()).isZero();
        }
    }

    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void closingAtThePeersEndDeliversWhatIsQueuedAndWaitsForNothingElse(
            @ForAll @IntRange(min = 1, max = 50) int requests, @ForAll @IntRange(max = 30_000) int replyBytes)
            throws Exception {
        AtomicInteger halfClosed = new AtomicInteger();
        Handlers holding = new Handlers(session -> new Handler<>() {
            @Override
            public void onMessage(ByteBuf message) {
                session.hold();
                session.send(Unpooled.buffer().writeInt(message.readInt()).writeZero(Math.max(0, replyBytes - 4)));
            }

            @Override
            public void onPeerHalfClosed() {
                halfClosed.incrementAndGet();
            }
        });
        try (TestServer server = TestServer.start(subject(), holding, CLOSE)) {
            Peer peer = server.connect(SMALL_WINDOW);
            peer.send(requests(requests));
            peer.halfClose();
            Bytes.assertSame(peer.readToEnd(), frames(requests, replyBytes));
            assertThat(peer.input()).isEqualTo(Peer.Input.END);
            server.untilClosed(1, Cause.PEER_CLOSED);
            assertThat(halfClosed).hasValue(0);
        }
    }

    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void aPropagatedHalfCloseLeavesTheClosingToTheProtocol(@ForAll @IntRange(max = 200_000) int bytesAfter)
            throws Exception {
        Queue<Session<ByteBuf>> halfClosed = new ConcurrentLinkedQueue<>();
        Handlers propagated = new Handlers(session -> new Handler<>() {
            @Override
            public void onMessage(ByteBuf message) {}

            @Override
            public void onPeerHalfClosed() {
                halfClosed.add(session);
            }
        });
        byte[] after = Bytes.random(bytesAfter, bytesAfter);
        try (TestServer server = TestServer.start(subject(), propagated, RAW, PROPAGATE)) {
            Peer peer = server.connect();
            peer.halfClose();
            server.until("the protocol hears of it", () -> halfClosed.size() == 1);
            Session<ByteBuf> session = halfClosed.element();
            session.execute(() -> session.send(Unpooled.wrappedBuffer(after)));
            Bytes.assertSame(peer.read(bytesAfter), after);
            assertThat(server.weir().openConnections()).isOne();
            session.close();
            assertThat(peer.readToEnd()).isEmpty();
            assertThat(peer.input()).isEqualTo(Peer.Input.END);
            server.untilClosed(1, Cause.CLOSED);
            assertThat(halfClosed).hasSize(1);
        }
    }

    @Example
    void aResetAfterThePeersEndIsNoticed() throws Exception {
        AtomicInteger halfClosed = new AtomicInteger();
        Handlers waiting = new Handlers(session -> new Handler<>() {
            @Override
            public void onMessage(ByteBuf message) {}

            @Override
            public void onPeerHalfClosed() {
                halfClosed.incrementAndGet();
            }
        });
        try (TestServer server = TestServer.start(subject(), waiting, PROPAGATE)) {
            Peer peer = server.connect();
            peer.halfClose();
            server.until("the protocol hears of it", () -> halfClosed.get() == 1);
            peer.reset();
            // A transport may look for this once in a while only.
            server.elapse(Duration.ofSeconds(2));
            server.untilNoneIsOpen();
        }
    }

    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void aGracefulCloseLosesNoReplyThoughInputLiesUnread(
            @ForAll @IntRange(min = 1, max = 1 << 20) int replyBytes, @ForAll @IntRange(max = 200_000) int unread)
            throws Exception {
        byte[] reply = Bytes.random(replyBytes, replyBytes);
        Handlers closing = new Handlers(session -> message -> {
            session.pauseReading();
            session.send(Unpooled.wrappedBuffer(reply));
            session.close();
        });
        try (TestServer server = TestServer.start(subject(), closing, RAW)) {
            Peer peer = server.connect(SMALL_WINDOW);
            peer.send(new byte[1 + unread]);
            Bytes.assertSame(peer.readToEnd(), reply);
            assertThat(peer.input()).isEqualTo(Peer.Input.END);
            peer.close();
            server.untilClosed(1, Cause.CLOSED);
        }
    }

    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void aCloseByResetIsOneThoughNothingWasOwed(
            @ForAll @IntRange(max = 20_000) int delivered, @ForAll boolean andMoreIsQueued) throws Exception {
        Handlers resetting = new Handlers(session -> message -> {
            if (session.connection().bytesSent() < delivered) {
                session.send(Unpooled.buffer().writeZero(delivered));
            } else {
                if (andMoreIsQueued) {
                    session.send(Unpooled.buffer().writeZero(1000));
                }
                session.close();
            }
        });
        try (TestServer server = TestServer.start(subject(), resetting, RAW, "servers.test.lifecycle.close = reset")) {
            Peer peer = server.connect();
            if (delivered > 0) {
                peer.send(new byte[1]);
                assertThat(peer.read(delivered)).hasSize(delivered);
            }
            peer.send(new byte[1]);
            assertThat(peer.readToEnd()).isEmpty();
            assertThat(peer.input()).isEqualTo(Peer.Input.RESET);
            server.untilClosed(1, Cause.CLOSED);
            assertThat(server.metrics().bytesUnsent()).isEqualTo(andMoreIsQueued ? 1000 : 0);
        }
    }

    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void drainDeliversEveryReplyInFlightAndEndsClean(
            @ForAll @IntRange(min = 1, max = 5) int peers,
            @ForAll @IntRange(max = 10) int requests,
            @ForAll @IntRange(max = 30_000) int replyBytes)
            throws Exception {
        Queue<Runnable> owed = new ConcurrentLinkedQueue<>();
        AtomicInteger drains = new AtomicInteger();
        Handlers later = new Handlers(session -> new Handler<>() {
            private final Later rest = new Later(session, replyBytes, owed);

            @Override
            public void onMessage(ByteBuf message) {
                rest.onMessage(message);
            }

            @Override
            public void onDrain() {
                drains.incrementAndGet();
            }
        });
        try (TestServer server = TestServer.start(subject(), later)) {
            List<Peer> all = new ArrayList<>();
            for (int i = 0; i < peers; i++) {
                all.add(server.connect(SMALL_WINDOW));
                all.get(i).send(requests(requests));
            }
            server.until("all requests are in", () -> owed.size() == peers * requests);
            server.until("all are open", () -> server.metrics().opened() == peers);
            server.weir().drain();
            server.until("all protocols are told", () -> drains.get() == peers);
            owed.forEach(Runnable::run);
            for (Peer peer : all) {
                Bytes.assertSame(peer.readToEnd(), frames(requests, replyBytes));
                assertThat(peer.input()).isEqualTo(Peer.Input.END);
                peer.close();
            }
            assertThat(server.weir().awaitEnd()).isEqualTo(Ending.CLEAN);
            assertThat(drains).hasValue(peers);
            server.untilClosed(peers, Cause.DRAINED);
        }
    }

    @Example
    void drainServesWhoWaitsToBeAcceptedAndRefusesWhoComesLater() throws Exception {
        drainServesWhoWaitsToBeAccepted(subject(), "");
    }

    @Example
    void drainServesWhoWaitsAtAnyOfTheListenersOfAnAddress() throws Exception {
        TransportSubject subject = subject();
        Assumptions.assumeTrue(
                subject.transport().capabilities().listenOptions().contains(SocketOption.REUSE_PORT),
                "the transport has no SO_REUSEPORT");
        drainServesWhoWaitsToBeAccepted(subject, "servers.test.socket.reuse-port = on");
    }

    private static void drainServesWhoWaitsToBeAccepted(TransportSubject subject, String settings) throws Exception {
        Queue<Hold> holds = new ConcurrentLinkedQueue<>();
        Handlers echo = new Handlers(session -> {
            holds.add(session.hold());
            return session::send;
        });
        byte[] frame = Frames.of(new byte[] {1, 2, 3});
        try (TestServer server = TestServer.start(subject, echo, settings)) {
            List<Peer> waiting = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                waiting.add(server.connect());
                waiting.get(i).offer(frame, 0, frame.length);
            }
            server.weir().drain();
            for (Peer peer : waiting) {
                Bytes.assertSame(peer.read(frame.length), frame);
            }
            // With threads the drain may not have come so far yet; who still gets in then leaves again.
            server.until("later connects are refused", () -> isRefused(server));
            holds.forEach(Hold::release);
            for (Peer peer : waiting) {
                assertThat(peer.readToEnd()).isEmpty();
                peer.close();
            }
            assertThat(server.weir().awaitEnd()).isEqualTo(Ending.CLEAN);
        }
    }

    private static boolean isRefused(TestServer server) {
        try {
            server.connect().close();
            return false;
        } catch (IOException refused) {
            return true;
        }
    }

    @Example
    void aDrainEndsWhatNobodyWorksOn() throws Exception {
        Handlers pausing = new Handlers(session -> message -> {
            session.pauseReading();
            session.resumeReading();
            session.pauseReading();
        });
        try (TestServer server = TestServer.start(subject(), pausing, RAW)) {
            Peer idle = server.connect();
            Peer paused = server.connect();
            server.until("both are open", () -> server.metrics().opened() == 2);
            paused.send(new byte[1]);
            server.weir().drain();
            server.until(
                    "both see the end",
                    () -> idle.take(1).length + paused.take(1).length == 0
                            && idle.input() == Peer.Input.END
                            && paused.input() == Peer.Input.END);
            idle.close();
            paused.close();
            assertThat(server.weir().awaitEnd()).isEqualTo(Ending.CLEAN);
        }
    }

    @Property(tries = 10, shrinking = ShrinkingMode.OFF)
    void whoIsSentAwayIsToldAfterItsLastReply(
            @ForAll Sending away,
            @ForAll @IntRange(max = 20) int requests,
            @ForAll @IntRange(max = 30_000) int replyBytes)
            throws Exception {
        byte[] goodbye = {'b', 'y', 'e'};
        Queue<Runnable> owed = new ConcurrentLinkedQueue<>();
        var protocol = new Outspoken(
                session -> new Later(session, replyBytes, owed),
                Optional.of(reason ->
                        reason.cause() == away.cause ? Optional.of(Unpooled.wrappedBuffer(goodbye)) : Optional.empty()),
                Optional.empty());
        try (TestServer server = TestServer.start(subject(), protocol, away.settings)) {
            Peer peer = server.connect(SMALL_WINDOW);
            peer.send(requests(requests));
            server.until("all requests are in", () -> owed.size() == requests);
            server.until("it is open", () -> server.metrics().opened() == 1);
            if (away == Sending.DRAINED) {
                server.weir().drain();
            } else if (away == Sending.AGED) {
                server.elapse(Duration.ofMillis(301));
            }
            owed.forEach(Runnable::run);
            byte[] replies = frames(requests, replyBytes);
            Bytes.assertSame(peer.read(replies.length), replies);
            server.elapse(Duration.ofMillis(301));
            Bytes.assertSame(peer.readToEnd(), Frames.of(goodbye));
            assertThat(peer.input()).isEqualTo(Peer.Input.END);
            peer.close();
            server.untilClosed(1, away.cause);
            assertThat(server.metrics().repliesLost()).isZero();
        }
    }

    /** Why Weir ends a connection with which nothing is wrong. */
    enum Sending {
        DRAINED(Cause.DRAINED, ""),
        IDLE(Cause.IDLE, "servers.test.lifecycle.heartbeat = [ { use = idle, timeout = 300ms } ]"),
        AGED(Cause.DEADLINE, "servers.test.lifecycle.deadlines.max-age = 300ms");

        private final Cause cause;
        private final String settings;

        Sending(Cause cause, String settings) {
            this.cause = cause;
            this.settings = settings;
        }
    }

    @Property(tries = 6, shrinking = ShrinkingMode.OFF)
    void aDrainServesWhoWaitsThoughTheCapIsReached(
            @ForAll @IntRange(min = 1, max = 3) int cap, @ForAll @IntRange(min = 1, max = 20) int more)
            throws Exception {
        Queue<Hold> holds = new ConcurrentLinkedQueue<>();
        Handlers echo = new Handlers(session -> {
            holds.add(session.hold());
            return session::send;
        });
        byte[] frame = Frames.of(new byte[] {1, 2, 3});
        try (TestServer server = TestServer.start(
                subject(), echo, "process { max-connections = " + cap + ", descriptors.on-exhausted = pause }")) {
            List<Peer> all = new ArrayList<>();
            for (int i = 0; i < cap + more; i++) {
                all.add(server.connect());
                all.get(i).offer(frame, 0, frame.length);
            }
            server.until("the cap is reached", () -> server.metrics().opened() == cap);
            server.turns(5);
            server.weir().drain();
            for (Peer peer : all) {
                Bytes.assertSame(peer.read(frame.length), frame);
            }
            server.until("later connects are refused", () -> isRefused(server));
            holds.forEach(Hold::release);
            for (Peer peer : all) {
                assertThat(peer.readToEnd()).isEmpty();
                assertThat(peer.input()).isEqualTo(Peer.Input.END);
                peer.close();
            }
            assertThat(server.weir().awaitEnd()).isEqualTo(Ending.CLEAN);
        }
    }

    @Example
    void aSpreadDrainTellsTheIdleFirstAndTheLastInTime() throws Exception {
        try (TransportSubject subject = subject()) {
            Assumptions.assumeTrue(subject.isCallerDriven(), "needs time that the test moves");
        }
        for (int busy : new int[] {1, 3, 12}) {
            for (int idle : new int[] {1, 10, 60}) {
                spreadDrain(subject(), idle, busy);
            }
        }
    }

    private static void spreadDrain(TransportSubject subject, int idle, int busy) throws Exception {
        Queue<Runnable> owed = new ConcurrentLinkedQueue<>();
        List<Boolean> drained = new ArrayList<>();
        Handlers later = new Handlers(session -> new Handler<>() {
            private final Later rest = new Later(session, 4, owed);

            @Override
            public void onMessage(ByteBuf message) {
                rest.onMessage(message);
            }

            @Override
            public void onDrain() {
                drained.add(session.connection().holds() > 0);
            }
        });
        try (TestServer server = TestServer.start(
                subject, later, "event-loops = 1", "process.drain { deadline = 10s, spread = 1s, progress = 100ms }")) {
            List<Peer> all = new ArrayList<>();
            for (int i = 0; i < idle + busy; i++) {
                all.add(server.connect());
                // The busy ones were there first, and yet come last.
                all.get(i).send(requests(i < busy ? 1 : 0));
            }
            server.until("all requests are in", () -> owed.size() == busy);
            server.until("all are open", () -> server.metrics().opened() == idle + busy);
            server.weir().drain();
            server.turns(3);
            int before = 0;
            for (int tenth = 1; tenth <= 10; tenth++) {
                for (int step = 0; step < 5; step++) {
                    server.elapse(Duration.ofMillis(20));
                }
                int all10 = (idle + busy) * tenth;
                assertThat(drained).as("told after %d tenths", tenth).hasSizeGreaterThanOrEqualTo(all10 / 10);
                assertThat(drained.size() - before).as("told at once").isLessThanOrEqualTo((idle + busy) / 5 + 3);
                before = drained.size();
            }
            assertThat(drained).as("told").hasSize(idle + busy);
            assertThat(drained).as("the busy ones are told last").isSorted();
            owed.forEach(Runnable::run);
            for (int i = 0; i < idle + busy; i++) {
                Bytes.assertSame(all.get(i).readToEnd(), frames(i < busy ? 1 : 0, 4));
                all.get(i).close();
            }
            assertThat(server.weir().awaitEnd()).isEqualTo(Ending.CLEAN);
        }
    }

    @Example
    void aServerIsDrainedWhileTheOtherGoesOn() throws Exception {
        TransportSubject subject = subject();
        String other = "servers.other { listen = \"%s\", codec = frames, protocol = under-test }"
                .formatted(subject.listenAddress());
        byte[] frame = Frames.of(new byte[] {1, 2, 3});
        AtomicInteger told = new AtomicInteger();
        Handlers echo = new Handlers(session -> new Handler<>() {
            @Override
            public void onMessage(ByteBuf message) {
                session.send(message);
            }

            @Override
            public void onClosed(CloseReason reason) {
                told.incrementAndGet();
            }
        });
        try (TestServer server = TestServer.start(subject, echo, other, "process.drain.progress = 100ms")) {
            Peer leaves = server.connect();
            Peer stays =
                    subject.connect(server.weir().server("other").addresses().getFirst(), 0);
            for (Peer peer : List.of(leaves, stays)) {
                peer.send(frame);
                Bytes.assertSame(peer.read(frame.length), frame);
            }
            var drained = server.weir().drain(Set.of("test"));
            var toldBefore = drained.thenApply(how -> told.get());
            assertThat(leaves.readToEnd()).isEmpty();
            leaves.close();
            server.until("it is drained", drained::isDone);
            assertThat(drained.join()).isEqualTo(Ending.CLEAN);
            assertThat(toldBefore.join())
                    .as("protocols that know of their end by then")
                    .isOne();
            assertThat(isRefused(server)).isTrue();
            stays.send(frame);
            Bytes.assertSame(stays.read(frame.length), frame);
            stays.close();
            server.untilNoneIsOpen();
            assertThat(server.each(EventLoop::timers)).as("timers waiting").containsOnly(0);
            assertThat(server.each(EventLoop::registered))
                    .as("sockets registered")
                    .containsOnlyOnce(1);
        }
    }

    @Example
    void aDrainGivesUpOnAPeerThatDoesNotReadWhenItsDeadlineHasPassed() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Handlers large = new Handlers(session -> message -> {
            session.send(Unpooled.wrappedBuffer(new byte[16 << 20]));
            asked.incrementAndGet();
        });
        try (TestServer server = TestServer.start(subject(), large, RAW, "process.drain.deadline = 300ms")) {
            Peer stuck = server.connect(SMALL_WINDOW);
            stuck.send(new byte[1]);
            server.until("it has been asked", () -> asked.get() == 1);
            server.weir().drain();
            server.elapse(Duration.ofMillis(299));
            server.elapse(Duration.ofMillis(2));
            assertThat(server.weir().awaitEnd()).isEqualTo(Ending.REPLIES_LOST);
            assertThat(server.metrics().closed(Cause.DRAIN_DEADLINE)).isOne();
            assertThat(server.metrics().bytesUnsent()).isPositive();
        }
    }
}
