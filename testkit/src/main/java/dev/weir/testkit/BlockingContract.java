package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connection.Connection;
import dev.weir.fault.CloseReason;
import dev.weir.fault.CloseReason.Cause;
import dev.weir.loop.EventLoop;
import dev.weir.protocol.BlockingSession;
import dev.weir.protocol.SessionClosedException;
import dev.weir.server.Weir.Ending;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * Protocols written as plain sequential code: what waits is bounded, what is written arrives, and the end of a connection ends its
 * thread. A transport's test extends this and says how to get at the transport.
 */
@AddLifecycleHook(LeakCheck.class)
public abstract class BlockingContract {
    private static final String RAW = "servers.test.codec = raw";
    private static final String FORCE = "servers.test.lifecycle.close = force";
    private static final String ONE_LOOP = "event-loops = 1";
    private static final int SMALL_WINDOW = 32 * 1024;

    private static final int LOW_BYTES = 16 * 1024;

    /** What an inbox holds: messages, and bytes that the last message may pass. */
    private static final long INBOX_MESSAGES = 256;

    private static final long INBOX_BYTES = 256 * 1024;

    /** What may be under way to the write queue, unless one message is larger. */
    private static final long UNDER_WAY_BYTES = 64 * 1024;

    /** So many looks in a row without a change, and nothing moves any more. */
    private static final int VAIN = 300;

    /** A new way to the transport under test. Called once for each run of a law. */
    protected abstract TransportSubject subject();

    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void everyMessageIsEchoedOnceAndInOrder(@ForAll("severalPlans") List<Exchange.Plan> plans) throws Exception {
        try (TestServer server = TestServer.start(subject(), Blocking.ECHO)) {
            List<Exchange> exchanges = new ArrayList<>();
            for (Exchange.Plan plan : plans) {
                exchanges.add(new Exchange(server.connect(), plan, frames(plan)));
            }
            server.until("everything comes back", () -> {
                boolean done = true;
                for (Exchange exchange : exchanges) {
                    done &= exchange.step();
                }
                return done;
            });
            exchanges.forEach(Exchange::assertSame);
        }
    }

    private static byte[] frames(Exchange.Plan plan) {
        byte[][] contents = new byte[Math.min(600, plan.total())][];
        for (int i = 0; i < contents.length; i++) {
            contents[i] = Bytes.random(plan.seed() + i, plan.total() / contents.length);
        }
        return Frames.of(contents);
    }

    @Provide
    Arbitrary<List<Exchange.Plan>> severalPlans() {
        return Exchange.Plan.upTo(1 << 20).list().ofMinSize(1).ofMaxSize(3);
    }

    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void aShortConnectionGetsOneWholeReply(
            @ForAll @IntRange(min = 1, max = 4) int requests,
            @ForAll @IntRange(min = 1, max = 3) int messages,
            @ForAll @IntRange(min = 1, max = 4) int frames,
            @ForAll @IntRange(max = 50_000) int bytes,
            @ForAll boolean halfCloses,
            @ForAll boolean returns)
            throws Exception {
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger running = new AtomicInteger();
        Blocking answering = new Blocking(session -> {
            running.incrementAndGet();
            try {
                do {
                    for (int i = 0; i < messages; i++) {
                        Optional<ByteBuf> message = session.read();
                        if (message.isEmpty()) {
                            return;
                        }
                        message.get().release();
                    }
                    answered.incrementAndGet();
                    for (int i = 0; i < frames; i++) {
                        session.write(Unpooled.wrappedBuffer(Bytes.random(i, bytes)));
                    }
                } while (!returns);
            } finally {
                running.decrementAndGet();
            }
        });
        byte[][] reply = new byte[frames][];
        for (int i = 0; i < frames; i++) {
            reply[i] = Bytes.random(i, bytes);
        }
        try (TestServer server =
                TestServer.start(subject(), answering, "servers.test.lifecycle.connection-mode = short")) {
            Peer peer = server.connect(SMALL_WINDOW);
            peer.send(Frames.of(new byte[requests * messages][3]));
            if (halfCloses) {
                peer.halfClose();
            }
            Bytes.assertSame(peer.readToEnd(), Frames.of(reply));
            assertThat(peer.input()).isEqualTo(Peer.Input.END);
            peer.close();
            server.untilNoneIsOpen();
            server.until("its thread has ended", () -> running.get() == 0);
            assertThat(answered).hasValue(1);
            assertThat(server.metrics().closed(Cause.CLOSED)).isOne();
        }
    }

    @Example
    void aDuplicateIsToldSoWhenItNamesItself() throws Exception {
        AtomicReference<CloseReason> told = new AtomicReference<>();
        Blocking naming = new Blocking(session -> {
            session.phase("login");
            try {
                session.identify("the one");
            } catch (SessionClosedException e) {
                told.set(e.reason());
                throw e;
            }
            Blocking.echo(session);
        });
        try (TestServer server =
                TestServer.start(subject(), naming, RAW, "servers.test.lifecycle.on-duplicate = reject")) {
            Peer first = server.connect();
            first.send(new byte[] {1});
            assertThat(first.read(1)).hasSize(1);
            Peer second = server.connect();
            assertThat(second.readToEnd()).isEmpty();
            second.close();
            server.untilClosed(1, Cause.DUPLICATE);
            server.until("its thread was told", () -> told.get() != null);
            assertThat(told.get().cause()).isEqualTo(Cause.DUPLICATE);
            first.send(new byte[] {2});
            assertThat(first.read(1)).hasSize(1);
            assertThat(server.metrics().closed(Cause.FAILED)).isZero();
        }
    }

    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void aShortConnectionThatIsEndedByForceEndsAloneAndIsAnswered(
            @ForAll @IntRange(min = 1, max = 2000) int bytes, @ForAll boolean asksTwice) throws Exception {
        Blocking answering = new Blocking(session -> {
            session.read().ifPresent(ByteBuf::release);
            session.write(Unpooled.wrappedBuffer(Bytes.random(1, bytes)));
        });
        try (TestServer server =
                TestServer.start(subject(), answering, "servers.test.lifecycle.connection-mode = short", FORCE)) {
            for (int client = 0; client < 2; client++) {
                Peer peer = server.connect(SMALL_WINDOW);
                peer.send(Frames.of(new byte[asksTwice ? 2 : 1][3]));
                // By force, so a reset may come first where the network takes little at a time.
                byte[] whole = Frames.of(Bytes.random(1, bytes));
                byte[] read = peer.readToEnd();
                Bytes.assertSame(read, Arrays.copyOf(whole, read.length));
                peer.close();
                server.untilNoneIsOpen();
            }
            assertThat(server.reading("weir.server.connections.opened")).isEqualTo(2);
        }
    }

    @Property(tries = 10, shrinking = ShrinkingMode.OFF)
    void aWriterWaitsWhileItsPeerDoesNotReadAndAllArrivesWhenItDoes(
            @ForAll @IntRange(min = 64, max = 256) int highKiB, @ForAll @IntRange(min = 5_000, max = 300_000) int size)
            throws Exception {
        int total = (16 << 20) / size * size;
        AtomicInteger written = new AtomicInteger();
        AtomicReference<Connection> connection = new AtomicReference<>();
        Blocking writer = new Blocking(session -> {
            connection.set(session.connection());
            for (int i = 0; i < total / size; i++) {
                session.write(Unpooled.wrappedBuffer(Bytes.random(i, size)));
                written.incrementAndGet();
            }
        });
        String marks = "servers.test.lifecycle.backpressure { high = %dKiB, low = %dB }".formatted(highKiB, LOW_BYTES);
        try (TestServer server = TestServer.start(subject(), writer, RAW, ONE_LOOP, marks)) {
            Peer peer = server.connect(SMALL_WINDOW);
            server.until("it writes", () -> written.get() > 0);
            Looks looks = new Looks(written::get);
            AtomicLong queued = new AtomicLong();
            AtomicLong mostQueued = new AtomicLong();
            EventLoop loop = server.weir().loops().getFirst();
            server.until("the writer waits", () -> {
                loop.execute(() -> {
                    queued.set(connection.get().bytesQueued());
                    mostQueued.accumulateAndGet(queued.get(), Math::max);
                });
                // Of a large buffer that is nearly sent few bytes may be left; its memory still counts.
                return looks.areVain() && queued.get() > 0;
            });
            assertThat(written.get()).as("messages written").isLessThan(total / size);
            assertThat(mostQueued.get())
                    .as("bytes queued")
                    .isLessThanOrEqualTo(highKiB * 1024L + Math.max(size, UNDER_WAY_BYTES));
            for (int i = 0; i < total / size; i++) {
                Bytes.assertSame(peer.read(size), Bytes.random(i, size));
            }
            assertThat(peer.readToEnd()).isEmpty();
            assertThat(peer.input()).isEqualTo(Peer.Input.END);
        }
    }

    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void whatWasWrittenBeforeTheReturnIsDelivered(
            @ForAll @IntRange(min = 1, max = 200) int messages, @ForAll @IntRange(min = 1, max = 5_000) int size)
            throws Exception {
        byte[][] contents = new byte[messages][];
        Arrays.setAll(contents, i -> Bytes.random(i, size));
        Blocking leaving = new Blocking(session -> {
            for (byte[] content : contents) {
                session.write(Unpooled.wrappedBuffer(content));
            }
        });
        try (TestServer server = TestServer.start(subject(), leaving)) {
            Peer peer = server.connect(SMALL_WINDOW);
            Bytes.assertSame(peer.readToEnd(), Frames.of(contents));
            assertThat(peer.input()).isEqualTo(Peer.Input.END);
            peer.close();
            server.untilClosed(1, Cause.CLOSED);
        }
    }

    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void thePeersEndIsAnEmptyReadAfterAllThatCameBeforeAndCanBeAnswered(@ForAll @IntRange(max = 600_000) int size)
            throws Exception {
        Blocking counting = new Blocking(session -> {
            long count = 0;
            for (Optional<ByteBuf> next = session.read(); next.isPresent(); next = session.read()) {
                count += next.get().readableBytes();
                next.get().release();
            }
            assertThat(session.read()).as("once more").isEmpty();
            session.write(Unpooled.copyLong(count));
        });
        try (TestServer server = TestServer.start(subject(), counting, RAW)) {
            Peer peer = server.connect();
            peer.send(new byte[size]);
            peer.halfClose();
            assertThat(peer.readToEnd())
                    .isEqualTo(ByteBuffer.allocate(Long.BYTES).putLong(size).array());
            assertThat(peer.input()).isEqualTo(Peer.Input.END);
            server.untilClosed(1, Cause.CLOSED);
        }
    }

    /** What a protocol is doing when its connection ends. */
    enum Wait {
        READING,
        WRITING,
        ELSEWHERE
    }

    @Property(tries = 12, shrinking = ShrinkingMode.OFF)
    void aResetByThePeerEndsWhatTheThreadWaitsFor(@ForAll Wait wait) throws Exception {
        Interrupted protocol = new Interrupted(wait);
        try (TestServer server = TestServer.start(subject(), new Blocking(protocol::serve), RAW)) {
            Peer peer = server.connect(SMALL_WINDOW);
            protocol.untilItWaits(server);
            peer.reset();
            // A transport may look for this once in a while only.
            server.elapse(Duration.ofSeconds(2));
            protocol.assertEnded(server, Cause.PEER_RESET);
            server.assertIdle();
        }
    }

    @Property(tries = 6, shrinking = ShrinkingMode.OFF)
    void aPolicyThatClosesEndsWhatTheThreadWaitsFor(@ForAll Wait wait) throws Exception {
        Interrupted protocol = new Interrupted(wait);
        // A call under way is not idle; one that waits for its peer to read is.
        boolean idle = wait != Wait.ELSEWHERE;
        String limit = idle
                ? "servers.test.lifecycle.heartbeat = [ { use = idle, timeout = 300ms } ]"
                : "servers.test.lifecycle.deadlines.first-byte = 300ms";
        try (TestServer server = TestServer.start(subject(), new Blocking(protocol::serve), RAW, FORCE, limit)) {
            server.connect(SMALL_WINDOW);
            server.until("time ends it", () -> {
                server.elapse(Duration.ofMillis(301));
                return protocol.isOver();
            });
            protocol.assertEnded(server, idle ? Cause.IDLE : Cause.DEADLINE);
            server.assertIdle();
        }
    }

    /** Waits for ever, and notes what ends it. */
    private static final class Interrupted {
        private final Wait wait;
        private final AtomicLong writes = new AtomicLong();
        private final Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
        private volatile Thread thread;

        Interrupted(Wait wait) {
            this.wait = wait;
        }

        void serve(BlockingSession<ByteBuf, ByteBuf> session) throws Exception {
            thread = Thread.currentThread();
            try {
                switch (wait) {
                    case READING -> session.read();
                    case WRITING -> {
                        while (true) {
                            session.write(Unpooled.wrappedBuffer(new byte[50_000]));
                            writes.incrementAndGet();
                        }
                    }
                    case ELSEWHERE -> new CountDownLatch(1).await();
                }
            } catch (Exception e) {
                thrown.add(e);
                throw e;
            }
        }

        void untilItWaits(TestServer server) {
            Looks looks = new Looks(writes::get);
            server.until("it waits", () -> thread != null && looks.areVain());
        }

        boolean isOver() {
            return thread != null && thread.getState() == Thread.State.TERMINATED;
        }

        void assertEnded(TestServer server, Cause cause) {
            server.until("its thread ends", this::isOver);
            server.untilClosed(1, cause);
            if (wait == Wait.ELSEWHERE) {
                assertThat(thrown).hasOnlyElementsOfType(InterruptedException.class);
            } else {
                assertThat(thrown)
                        .singleElement()
                        .isInstanceOfSatisfying(
                                SessionClosedException.class,
                                e -> assertThat(e.reason())
                                        .extracting(CloseReason::cause)
                                        .isEqualTo(cause));
            }
        }
    }

    @Example
    void aConnectionThatEndsBeforeItsThreadBeginsLeavesNoThreadBehind() throws Exception {
        Queue<Thread> threads = new ConcurrentLinkedQueue<>();
        Blocking waiting = new Blocking(session -> {
            threads.add(Thread.currentThread());
            new CountDownLatch(1).await();
        });
        AtomicBoolean busy = new AtomicBoolean(true);
        try (TestServer server = TestServer.start(subject(), waiting)) {
            try {
                // As many as run at a time, so that no other virtual thread begins.
                for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
                    Thread.ofVirtual().start(() -> spinWhile(busy));
                }
                server.connect().reset();
                server.until("it has come", () -> server.metrics().opened() == 1);
                server.untilNoneIsOpen();
            } finally {
                busy.set(false);
            }
            server.until(
                    "its thread has ended",
                    () -> !threads.isEmpty() && threads.element().getState() == Thread.State.TERMINATED);
        }
    }

    private static void spinWhile(AtomicBoolean busy) {
        while (busy.get()) {
            Thread.onSpinWait();
        }
    }

    @Example
    void whatIsWrittenOnceTheConnectionIsGoneIsReleased() throws Exception {
        AtomicInteger closed = new AtomicInteger();
        ByteBuf late = Unpooled.buffer(1).writeByte(1);
        Blocking stubborn = new Blocking(session -> {
            try {
                session.read();
            } catch (SessionClosedException e) {
                closed.incrementAndGet();
                session.write(late);
            }
        });
        try (TestServer server = TestServer.start(subject(), stubborn)) {
            Peer peer = server.connect();
            server.until("it is open", () -> server.metrics().opened() == 1);
            peer.reset();
            server.until("it is released", () -> late.refCnt() == 0);
            assertThat(closed).hasValue(1);
        }
    }

    @Property(tries = 8, shrinking = ShrinkingMode.OFF)
    void aProtocolThatDoesNotReadStopsTheReadingOfItsSocket(@ForAll @IntRange(min = 1, max = 100_000) int size)
            throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Blocking lazy = new Blocking(session -> {
            go.await();
            Blocking.echo(session);
        });
        int frames = Math.min(5_000, (8 << 20) / (4 + size));
        byte[] all = Frames.of(new byte[frames][size]);
        try (TestServer server = TestServer.start(subject(), lazy)) {
            long idle = server.allocated();
            Peer peer = server.connect(SMALL_WINDOW);
            int[] offered = {0};
            Looks looks = new Looks(() -> offered[0] + received(server, "messages"));
            server.until("nothing more is taken", () -> {
                offered[0] += Math.max(0, peer.offer(all, offered[0], Math.min(64 * 1024, all.length - offered[0])));
                return looks.areVain();
            });
            long messages = received(server, "messages");
            assertThat(messages).as("messages").isBetween(1L, INBOX_MESSAGES);
            assertThat((messages - 1) * size)
                    .as("bytes before the last message")
                    .isLessThan(INBOX_BYTES);
            assertThat(messages == INBOX_MESSAGES || messages * size >= INBOX_BYTES)
                    .as("full")
                    .isTrue();
            // What was received with the last message is kept as well, in a buffer that grows by doubling.
            assertThat(server.allocated() - idle)
                    .as("bytes of buffers")
                    .isLessThan(INBOX_BYTES + size + 4L * Math.max(size, EventLoop.RECEIVE_BYTES));
            go.countDown();
            long[] back = {0};
            server.until("everything comes back", () -> {
                if (offered[0] < all.length) {
                    int piece = Math.min(64 * 1024, all.length - offered[0]);
                    offered[0] += Math.max(0, peer.offer(all, offered[0], piece));
                }
                byte[] some = peer.take(64 * 1024);
                back[0] += some.length;
                return back[0] == all.length;
            });
        }
    }

    private static long received(TestServer server, String what) {
        long[] sum = {0};
        server.weir()
                .metrics()
                .read((id, kind, value) -> sum[0] += id.name().equals("weir.server." + what + ".received") ? value : 0);
        return sum[0];
    }

    /** How messages come to be left in an inbox. */
    enum Leaving {
        RETURNS,
        THROWS,
        PEER_RESETS,
        SERVER_STOPS
    }

    @Property(tries = 16, shrinking = ShrinkingMode.OFF)
    void whatNobodyReadIsReleased(@ForAll Leaving leaving, @ForAll @IntRange(min = 2, max = 400) int messages)
            throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicReference<EventLoop> loop = new AtomicReference<>();
        Blocking leavesSome = new Blocking(session -> {
            session.read().orElseThrow().release();
            try {
                go.await();
            } finally {
                // Cleaning up takes until the loop is gone as well.
                while (leaving == Leaving.SERVER_STOPS && loop.get().execute(() -> {})) {
                    Thread.onSpinWait();
                }
            }
            if (leaving == Leaving.THROWS) {
                throw new IllegalStateException("thrown by a test");
            }
        });
        // Closing the server checks that all buffers are back.
        try (TestServer server = TestServer.start(subject(), leavesSome, ONE_LOOP)) {
            loop.set(server.weir().loops().getFirst());
            long idle = server.allocated();
            Peer peer = server.connect();
            peer.send(Frames.of(new byte[messages][100]));
            server.until(
                    "they are in the inbox", () -> received(server, "messages") >= Math.min(messages, INBOX_MESSAGES));
            switch (leaving) {
                case RETURNS, THROWS -> go.countDown();
                case PEER_RESETS -> peer.reset();
                case SERVER_STOPS -> server.weir().close();
            }
            if (leaving != Leaving.SERVER_STOPS) {
                peer.close();
                server.elapse(Duration.ofSeconds(2));
                server.until("the buffers are back", () -> server.allocated() == idle);
                server.assertIdle();
            }
        }
    }

    @Example
    void whoIsNamedTooLateHearsWhyTheConnectionEnds() throws Exception {
        CountDownLatch closing = new CountDownLatch(1);
        AtomicReference<CloseReason> told = new AtomicReference<>();
        Blocking late = new Blocking(session -> {
            session.read().orElseThrow().release();
            closing.await();
            try {
                session.identify("late");
            } catch (SessionClosedException e) {
                told.set(e.reason());
                throw e;
            }
        });
        try (TestServer server = TestServer.start(subject(), late)) {
            Peer peer = server.connect();
            peer.send(Frames.of(new byte[1]));
            // A frame of more bytes than there may be.
            peer.send(new byte[] {-1, -1, -1, -1});
            peer.readToEnd();
            closing.countDown();
            server.until("the thread has heard", () -> told.get() != null);
            assertThat(told.get().cause()).isEqualTo(Cause.PROTOCOL_ERROR);
        }
    }

    @Example
    void aDrainWaitsForARunningCallAndNotForAnIdleReader() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger running = new AtomicInteger();
        AtomicBoolean sawDrain = new AtomicBoolean();
        Blocking slow = new Blocking(session -> {
            for (Optional<ByteBuf> next = session.read(); next.isPresent(); next = session.read()) {
                running.incrementAndGet();
                go.await();
                sawDrain.set(session.isDraining());
                session.write(next.get());
            }
        });
        byte[] frame = Frames.of(new byte[] {1, 2, 3});
        try (TestServer server = TestServer.start(subject(), slow)) {
            Peer idle = server.connect();
            Peer busy = server.connect();
            busy.send(frame);
            server.until("it runs", () -> running.get() == 1 && server.metrics().opened() == 2);
            server.weir().drain();
            assertThat(idle.readToEnd()).isEmpty();
            idle.close();
            server.until("one is left", () -> server.weir().openConnections() == 1);
            server.turns(100);
            assertThat(busy.take(1)).isEmpty();
            assertThat(busy.input()).isEqualTo(Peer.Input.OPEN);
            go.countDown();
            assertThat(busy.readToEnd()).isEqualTo(frame);
            assertThat(busy.input()).isEqualTo(Peer.Input.END);
            busy.close();
            assertThat(server.weir().awaitEnd()).isEqualTo(Ending.CLEAN);
            server.untilClosed(2, Cause.DRAINED);
            assertThat(sawDrain).isTrue();
        }
    }

    @Property(tries = 10, shrinking = ShrinkingMode.OFF)
    void aProtocolThatThrowsClosesItsOwnConnectionOnly(@ForAll("thrown") Throwable thrown) throws Exception {
        AtomicInteger opened = new AtomicInteger();
        Blocking throwing = new Blocking(session -> {
            // The second connection is the one that fails.
            if (opened.incrementAndGet() == 2) {
                session.read().orElseThrow().release();
                switch (thrown) {
                    case Exception exception -> throw exception;
                    default -> throw (Error) thrown;
                }
            }
            Blocking.echo(session);
        });
        byte[] frame = Frames.of(new byte[] {1, 2, 3});
        try (TestServer server = TestServer.start(subject(), throwing, ONE_LOOP)) {
            Peer other = server.connect();
            server.until("one is open", () -> opened.get() == 1);
            Peer peer = server.connect();
            peer.send(frame);
            assertThat(peer.readToEnd()).isEmpty();
            peer.close();
            server.untilClosed(1, Cause.FAILED);
            other.send(frame);
            assertThat(other.read(frame.length)).isEqualTo(frame);
        }
    }

    @Provide
    Arbitrary<Throwable> thrown() {
        return Arbitraries.of(
                new Exception("thrown by a test"),
                new IllegalStateException("thrown by a test"),
                new InterruptedException("thrown by a test"),
                new AssertionError("thrown by a test"),
                new StackOverflowError("thrown by a test"),
                new NoClassDefFoundError("thrown/by/a/Test"));
    }

    /** Watches a number until it has not changed for many looks. */
    private static final class Looks {
        private final LongSupplier number;
        private long last = -1;
        private int vain;

        Looks(LongSupplier number) {
            this.number = number;
        }

        boolean areVain() {
            long now = number.getAsLong();
            vain = now == last ? vain + 1 : 0;
            last = now;
            return vain >= VAIN;
        }
    }
}
