package dev.weir.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fault.CloseReason;
import dev.weir.fault.CloseReason.Cause;
import dev.weir.loop.EventLoop;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import dev.weir.server.Weir;
import dev.weir.transport.SocketOption;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.util.IllegalReferenceCountException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.junit.jupiter.api.Assumptions;

/**
 * Bytes and messages through a server, on whatever transport: nothing lost, nothing twice, nothing mixed up, and one connection's
 * trouble is no other's. A transport's test extends this and says how to get at the transport.
 */
@AddLifecycleHook(LeakCheck.class)
public abstract class ServerContract {
    private static final String RAW = "servers.test.codec = raw";
    private static final String PROPAGATE = "servers.test.lifecycle.close.half-close = propagate";

    /** A new way to the transport under test. Called once for each run of a law. */
    protected abstract TransportSubject subject();

    @Property(tries = 12, shrinking = ShrinkingMode.OFF)
    void aLentMessageMayBeSentToSeveral(@ForAll boolean large) throws Exception {
        Queue<Session<ByteBuf>> members = new ConcurrentLinkedQueue<>();
        Handlers room = new Handlers(session -> {
            members.add(session);
            return message -> members.forEach(member -> member.send(message));
        });
        byte[] said = Frames.of(Bytes.random(1, large ? 20_000 : 64));
        try (TestServer server = TestServer.start(subject(), room, "event-loops = 1")) {
            Peer speaker = server.connect();
            Peer listener = server.connect();
            server.until("both are in the room", () -> members.size() == 2);
            speaker.send(said);
            Bytes.assertSame(speaker.read(said.length), said);
            Bytes.assertSame(listener.read(said.length), said);
            server.assertIdle();
        }
    }

    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void everyByteArrivesOnceAndInOrder(@ForAll("severalPlans") List<Exchange.Plan> plans) throws Exception {
        try (TestServer server = TestServer.start(subject(), Handlers.ECHO, RAW)) {
            List<Exchange> exchanges = new ArrayList<>();
            for (Exchange.Plan plan : plans) {
                exchanges.add(new Exchange(server.connect(), plan, plan.bytes()));
            }
            finish(server, exchanges);
        }
    }

    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void everyMessageComesBackWholeHoweverItIsSplit(
            @ForAll("plans") Exchange.Plan plan,
            @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 100_000) Integer> sizes)
            throws Exception {
        byte[] frames = Frames.of(sizes.stream()
                .limit(1 + plan.total() / 10_000)
                .map(size -> Bytes.random(size, Math.min(size, plan.total())))
                .toArray(byte[][]::new));
        try (TestServer server = TestServer.start(subject(), Handlers.ECHO)) {
            finish(server, List.of(new Exchange(server.connect(), plan, frames)));
        }
    }

    @Example
    void severalMebibytesArriveOnceAndInOrder() throws Exception {
        Exchange.Plan plan = new Exchange.Plan(6 << 20, 100_000, 100_000, 1);
        try (TestServer server = TestServer.start(subject(), Handlers.ECHO, RAW)) {
            finish(server, List.of(new Exchange(server.connect(), plan, plan.bytes())));
        }
    }

    @Provide
    Arbitrary<Exchange.Plan> plans() {
        return Exchange.Plan.upTo(1 << 20);
    }

    @Provide
    Arbitrary<List<Exchange.Plan>> severalPlans() {
        return plans().list().ofMinSize(1).ofMaxSize(4);
    }

    private static void finish(TestServer server, List<Exchange> exchanges) {
        server.until("everything comes back", () -> {
            boolean done = true;
            for (Exchange exchange : exchanges) {
                done &= exchange.step();
            }
            return done;
        });
        exchanges.forEach(Exchange::assertSame);
    }

    @Property(tries = 30, shrinking = ShrinkingMode.OFF)
    void dataAndEndOfInputTogetherDeliverBoth(@ForAll @IntRange(min = 1, max = 400_000) int size) throws Exception {
        byte[] bytes = Bytes.random(size, size);
        Handlers counting = new Handlers(session -> new Handler<>() {
            private long count;

            @Override
            public void onMessage(ByteBuf message) {
                count += message.readableBytes();
            }

            @Override
            public void onPeerHalfClosed() {
                session.send(Unpooled.copyLong(count));
                session.close();
            }
        });
        try (TestServer server = TestServer.start(subject(), counting, RAW, PROPAGATE)) {
            Peer peer = server.connect();
            int taken = peer.offer(bytes, 0, size);
            peer.send(Arrays.copyOfRange(bytes, taken, size));
            peer.halfClose();
            assertThat(peer.readToEnd())
                    .isEqualTo(ByteBuffer.allocate(Long.BYTES).putLong(size).array());
            assertThat(peer.input()).isEqualTo(Peer.Input.END);
            server.untilClosed(1, Cause.CLOSED);
        }
    }

    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void aLentMessageIsPoisonedAfterItsCall(@ForAll @IntRange(min = 1, max = 200_000) int size) throws Exception {
        AtomicInteger unpoisoned = new AtomicInteger(-1);
        Handlers keeping = new Handlers(session -> message -> {
            ByteBuf kept = message.duplicate();
            session.execute(() -> {
                unpoisoned.set(readable(kept));
                session.send(Unpooled.buffer(1).writeByte(1));
            });
        });
        try (TestServer server = TestServer.start(subject(), keeping)) {
            Peer peer = server.connect();
            byte[] zeros = new byte[size];
            peer.send(Frames.of(zeros));
            peer.read(5);
            assertThat(unpoisoned).as("bytes still as they were").hasValue(0);
        }
    }

    /** How many zeros there are; none in a buffer that was given back. */
    private static int readable(ByteBuf kept) {
        try {
            int zeros = 0;
            for (byte each : ByteBufUtil.getBytes(kept)) {
                zeros += each == 0 ? 1 : 0;
            }
            return zeros;
        } catch (IllegalReferenceCountException e) {
            return 0;
        }
    }

    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void aLentMessageMayBeSentToEveryConnectionOfItsLoop(@ForAll @IntRange(min = 1, max = 100_000) int size)
            throws Exception {
        List<Session<ByteBuf>> everyone = new ArrayList<>();
        Handlers broadcast = new Handlers(session -> {
            everyone.add(session);
            return message -> everyone.forEach(each -> each.send(message.duplicate()));
        });
        try (TestServer server = TestServer.start(subject(), broadcast, "event-loops = 1")) {
            List<Peer> peers = List.of(server.connect(), server.connect(), server.connect());
            server.until("all are open", () -> server.metrics().opened() == peers.size());
            byte[] frame = Frames.of(Bytes.random(size, size));
            peers.get(1).send(frame);
            for (Peer peer : peers) {
                Bytes.assertSame(peer.read(frame.length), frame);
            }
        }
    }

    @Property(tries = 10, shrinking = ShrinkingMode.OFF)
    void whatOneThreadSendsArrivesWholeAndInOrder(
            @ForAll @IntRange(min = 1, max = 3) int threads, @ForAll @IntRange(min = 1, max = 60) int messages)
            throws Exception {
        Handlers talkative = new Handlers(session -> message -> {
            for (int i = 0; i < threads; i++) {
                int sender = i;
                Thread.ofVirtual().start(() -> talk(session, sender, messages));
            }
        });
        try (TestServer server = TestServer.start(subject(), talkative)) {
            Peer peer = server.connect();
            peer.send(Frames.of(new byte[1]));
            int[] next = new int[threads];
            for (int i = 0; i < threads * messages; i++) {
                ByteBuffer frame = ByteBuffer.wrap(peer.read(12));
                assertThat(frame.getInt()).as("length").isEqualTo(8);
                assertThat(frame.getInt(8)).as("number").isEqualTo(next[frame.getInt(4)]++);
            }
        }
    }

    private static void talk(Session<ByteBuf> session, int sender, int messages) {
        for (int number = 0; number < messages; number++) {
            session.send(Unpooled.buffer(8).writeInt(sender).writeInt(number));
        }
    }

    @Example
    void aBlockedLoopIsToldOfAndTheOtherLoopServesOn() throws Exception {
        TransportSubject subject = subject();
        Assumptions.assumeFalse(subject.isCallerDriven(), "loops without threads of their own block nobody else");
        CountDownLatch release = new CountDownLatch(1);
        Handlers blocking = new Handlers(session -> message -> {
            if (message.getByte(message.readerIndex()) == 'b') {
                awaitUninterruptibly(release);
            }
            session.send(message);
        });
        // Longer than a turn may take by chance: only the blocked one is to be told of.
        try (TestServer server = TestServer.start(subject, blocking, RAW, "process.blocked-loop-warning = 300ms")) {
            // Connections go from loop to loop.
            Peer blocked = server.connect();
            Peer other = server.connect();
            for (Peer peer : List.of(blocked, other)) {
                peer.send(new byte[] {'x'});
                assertThat(peer.read(1)).containsExactly('x');
            }
            try {
                blocked.send(new byte[] {'b'});
                server.until("the blocked loop is told of", () -> server.reading("weir.loop.blocked") == 1);
                other.send(new byte[] {'y'});
                assertThat(other.read(1)).containsExactly('y');
            } finally {
                release.countDown();
            }
            assertThat(blocked.read(1)).containsExactly('b');
            assertThat(server.reading("weir.loop.blocked")).isOne();
        }
    }

    @Example
    @Tag("kernel")
    void aBlockedLoopDoesNotKeepWeirFromEnding() throws Exception {
        TransportSubject subject = subject();
        Assumptions.assumeFalse(subject.isCallerDriven(), "loops without threads of their own block nobody else");
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        Handlers blocking = new Handlers(session -> message -> {
            entered.countDown();
            awaitUninterruptibly(release);
        });
        try (TestServer server = TestServer.start(subject, blocking, RAW)) {
            try {
                server.connect().send(new byte[] {'b'});
                entered.await();
                server.weir().stopNow();
                assertThat(server.weir().awaitEnd()).isEqualTo(Weir.Ending.REPLIES_LOST);
            } finally {
                release.countDown();
            }
            server.until(
                    "the loop that was left behind ends, too",
                    () -> server.allocated() == 0
                            && server.weir().loops().stream()
                                    .allMatch(
                                            loop -> loop.receiveBuffer().space().refCnt() == 0)
                            && server.weir().server("test").metrics().open() == 0);
        }
    }

    @Example
    void withReusePortEveryLoopTakesConnectionsOfItsOwn() throws Exception {
        TransportSubject subject = subject();
        Assumptions.assumeTrue(
                subject.transport().capabilities().listenOptions().contains(SocketOption.REUSE_PORT),
                "the transport has no SO_REUSEPORT");
        try (TestServer server = TestServer.start(subject, Handlers.ECHO, RAW, "servers.test.socket.reuse-port = on")) {
            assertThat(server.weir().server("test").addresses()).hasSize(1);
            // That the system gives all of them to one loop is less likely than 1 to 2^30.
            List<Peer> peers = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                Peer peer = server.connect();
                peers.add(peer);
                peer.send(new byte[] {'x'});
                assertThat(peer.read(1)).containsExactly('x');
            }
            assertThat(server.each(EventLoop::registered))
                    .as("its listener and connections")
                    .allMatch(count -> count > 1);

            peers.forEach(Peer::close);
            server.weir().drain();
            assertThat(server.weir().awaitEnd()).isEqualTo(Weir.Ending.CLEAN);
        }
    }

    @Example
    void aBufferThatItsOwnerReleasesBeforeItIsSentClosesItsConnectionOnly() throws Exception {
        Handlers careless = new Handlers(session -> message -> {
            ByteBuf large = Unpooled.buffer(100_000).writeZero(100_000);
            session.send(large);
            if (message.getByte(message.readerIndex()) == 'c') {
                large.release();
            }
        });
        try (TestServer server = TestServer.start(subject(), careless, RAW)) {
            Peer good = server.connect();
            Peer bad = server.connect();
            bad.send(new byte[] {'c'});
            server.untilClosed(1, Cause.FAILED);
            good.send(new byte[] {'g'});
            assertThat(good.read(100_000)).hasSize(100_000);
        }
    }

    @Example
    void aSwitchFromATaskHoldsForTheVeryNextByte() throws Exception {
        Handlers second = new Handlers(
                session -> message -> session.send(Unpooled.buffer(1).writeByte('2')));
        AtomicInteger heardByTheFirst = new AtomicInteger();
        Handlers first = new Handlers(session -> new Handler<>() {
            @Override
            public void onOpened() {
                session.execute(() -> session.switchTo(new RawBytes(), second));
                session.execute(() -> session.send(Unpooled.buffer(1).writeByte('s')));
            }

            @Override
            public void onMessage(ByteBuf message) {
                heardByTheFirst.incrementAndGet();
            }
        });
        try (TestServer server = TestServer.start(subject(), first, RAW)) {
            Peer peer = server.connect();
            assertThat(peer.read(1)).containsExactly('s');
            peer.send(new byte[] {'x'});
            assertThat(peer.read(1)).containsExactly('2');
            assertThat(heardByTheFirst).hasValue(0);
        }
    }

    @Property(generation = GenerationMode.EXHAUSTIVE)
    void aPolicyThatThrowsEndsNoServer(@ForAll("policies") String policy, @ForAll("failures") String failure)
            throws Exception {
        Handlers echo = new Handlers(session -> new Handler<>() {
            @Override
            public void onOpened() {
                session.identify("everybody");
            }

            @Override
            public void onMessage(ByteBuf message) {
                session.send(message);
            }
        });
        String faulty = policy + " { use = " + failure + " }";
        boolean atTheCap = policy.contains("on-exhausted");
        try (TestServer server = TestServer.start(
                subject(),
                echo,
                RAW,
                faulty,
                atTheCap ? "process.max-connections = 1" : "",
                "servers.test.lifecycle.backpressure { high = 64KiB, low = 1KiB }")) {
            List<Peer> peers = List.of(server.connect(), server.connect());
            for (Peer peer : peers) {
                // All of it goes out only where the kernels' buffers hold what comes back and nobody reads.
                new Flow(peer, 200_000).offerUntilStuck(server, 64 * 1024, () -> {});
                peer.halfClose();
                peer.readToEnd();
            }
            server.untilNoneIsOpen();
            assertThat(server.weir().isEnded()).isFalse();
            assertThat(server.reading("weir.loop.turns")).isPositive();
        }
    }

    @Provide
    Arbitrary<String> policies() {
        return Arbitraries.of(
                "process.descriptors.on-exhausted",
                "servers.test.lifecycle.accept",
                "servers.test.lifecycle.loop-choice",
                "servers.test.lifecycle.admission",
                "servers.test.lifecycle.heartbeat",
                "servers.test.lifecycle.deadlines",
                "servers.test.lifecycle.close",
                "servers.test.lifecycle.on-duplicate",
                "servers.test.lifecycle.backpressure.slow-reader");
    }

    @Provide
    Arbitrary<String> failures() {
        return Arbitraries.of("throws", "answers-nothing");
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Example
    void whatIsSentOnceTheServerIsGoneIsReleased() throws Exception {
        ConcurrentLinkedQueue<Session<ByteBuf>> sessions = new ConcurrentLinkedQueue<>();
        Handlers noting = new Handlers(session -> {
            sessions.add(session);
            return message -> {};
        });
        try (TestServer server = TestServer.start(subject(), noting)) {
            server.connect();
            server.until("it is open", () -> !sessions.isEmpty());
        }
        ByteBuf late = Unpooled.buffer(1).writeByte(1);
        Thread sender = Thread.ofVirtual().start(() -> sessions.element().send(late));
        sender.join();
        assertThat(late.refCnt()).isZero();
    }

    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void aViolationClosesAfterTheLastReplyWithoutAllocatingWhatIsClaimed(
            @ForAll @IntRange(max = 20) int goodFrames, @ForAll("tooLong") int claimed) throws Exception {
        AtomicLong reasons = new AtomicLong();
        Handlers echo = new Handlers(session -> new Handler<>() {
            @Override
            public void onMessage(ByteBuf message) {
                session.send(message);
            }

            @Override
            public void onClosed(CloseReason reason) {
                reasons.addAndGet(reason.cause() == Cause.PROTOCOL_ERROR ? 1 : 1000);
            }
        });
        try (TestServer server = TestServer.start(subject(), echo)) {
            long idle = server.allocated();
            Peer peer = server.connect();
            byte[] good = Frames.of(
                    Stream.generate(() -> new byte[100]).limit(goodFrames).toArray(byte[][]::new));
            peer.send(good);
            peer.send(ByteBuffer.allocate(4).putInt(claimed).array());
            byte[] answer = peer.readToEnd();
            assertThat(server.allocated()).as("allocated").isLessThan(idle + 64 * 1024);
            assertThat(peer.input()).isEqualTo(Peer.Input.END);
            byte[] last = Frames.of(Frames.TOO_LONG);
            assertThat(Arrays.copyOf(answer, good.length)).isEqualTo(good);
            assertThat(Arrays.copyOfRange(answer, good.length, answer.length)).isEqualTo(last);
            peer.close();
            server.untilClosed(1, Cause.PROTOCOL_ERROR);
            server.until("the handler was told", () -> reasons.get() == 1);
        }
    }

    @Provide
    Arbitrary<Integer> tooLong() {
        return Arbitraries.integers().filter(length -> length < 0 || length > Frames.MAX_FRAME);
    }

    /** Where a handler throws. */
    enum Place {
        OPENING,
        ON_OPENED,
        ON_MESSAGE,
        ON_PEER_HALF_CLOSED,
        ON_CLOSED,
        TASK,
        TIMER
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void aHandlerThatThrowsClosesItsOwnConnectionOnly(@ForAll Place place, @ForAll("thrown") Throwable thrown)
            throws Exception {
        AtomicInteger opened = new AtomicInteger();
        Handlers throwing = new Handlers(session -> {
            // The second connection is the one that fails.
            return opened.incrementAndGet() == 2 ? new Throwing(session, place, thrown) : session::send;
        });
        try (TestServer server = TestServer.start(subject(), throwing, "event-loops = 1", PROPAGATE)) {
            Peer other = server.connect();
            server.until("one is open", () -> server.metrics().opened() == 1);
            Peer peer = server.connect();
            peer.send(Frames.of("x".getBytes(US_ASCII)));
            peer.halfClose();
            server.until("both have been opened", () -> opened.get() == 2);
            server.elapse(Duration.ofMillis(5));
            peer.readToEnd();
            peer.close();
            boolean isLate = place == Place.ON_CLOSED;
            server.untilClosed(1, isLate ? Cause.CLOSED : Cause.FAILED);
            byte[] frame = Frames.of("still here".getBytes(US_ASCII));
            other.send(frame);
            assertThat(other.read(frame.length)).isEqualTo(frame);
        }
    }

    @Provide
    Arbitrary<Throwable> thrown() {
        return Arbitraries.of(
                new IllegalStateException("thrown by a test"),
                new AssertionError("thrown by a test"),
                new StackOverflowError("thrown by a test"),
                new NoClassDefFoundError("thrown/by/a/Test"));
    }

    private record Throwing(Session<ByteBuf> session, Place place, Throwable thrown) implements Handler<ByteBuf> {
        Throwing {
            at(Place.OPENING, place, thrown);
        }

        @Override
        public void onOpened() {
            at(Place.ON_OPENED, place, thrown);
            if (place == Place.TASK) {
                session.execute(() -> at(Place.TASK, place, thrown));
            }
            if (place == Place.TIMER) {
                session.schedule(Duration.ZERO, () -> at(Place.TIMER, place, thrown));
            }
        }

        @Override
        public void onMessage(ByteBuf message) {
            at(Place.ON_MESSAGE, place, thrown);
        }

        @Override
        public void onPeerHalfClosed() {
            at(Place.ON_PEER_HALF_CLOSED, place, thrown);
            if (place == Place.ON_CLOSED) {
                session.close();
            }
        }

        @Override
        public void onClosed(CloseReason reason) {
            at(Place.ON_CLOSED, place, thrown);
        }

        private static void at(Place here, Place place, Throwable thrown) {
            if (here == place) {
                Throwing.<RuntimeException>raise(thrown);
            }
        }

        @SuppressWarnings("unchecked") // Lets any throwable out of a method that declares none.
        private static <T extends Throwable> void raise(Throwable thrown) throws T {
            throw (T) thrown;
        }
    }
}
