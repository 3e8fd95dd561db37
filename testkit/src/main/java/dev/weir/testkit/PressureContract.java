package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fault.CloseReason;
import dev.weir.fault.CloseReason.Cause;
import dev.weir.loop.EventLoop;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * What a peer that does not read, or a protocol that does not want to, costs: bounded memory, and nothing lost. A transport's test
 * extends this and says how to get at the transport.
 */
@AddLifecycleHook(LeakCheck.class)
public abstract class PressureContract {
    private static final String RAW = "servers.test.codec = raw";
    private static final int SMALL_WINDOW = 32 * 1024;
    private static final int PIECE = 64 * 1024;

    /** A new way to the transport under test. Called once for each run of a law. */
    protected abstract TransportSubject subject();

    private static String watermarks(int highKiB, int lowKiB) {
        return "servers.test.lifecycle.backpressure { high = %dKiB, low = %dKiB }".formatted(highKiB, lowKiB);
    }

    /** Sends back what it gets, and remembers how much was queued at the most. */
    private static final class Measured {
        private final AtomicLong mostQueued = new AtomicLong();

        Handlers echo() {
            return new Handlers(session -> message -> {
                session.send(message);
                mostQueued.accumulateAndGet(session.connection().bytesQueued(), Math::max);
            });
        }

        void assertBound(int highKiB) {
            // Reading stops with the message that passes the mark, and a message is at most what one receive gives.
            assertThat(mostQueued.get())
                    .as("bytes queued")
                    .isLessThanOrEqualTo(highKiB * 1024L + EventLoop.RECEIVE_BYTES);
        }
    }

    @Property(tries = 4, shrinking = ShrinkingMode.OFF)
    void aPeerThatNeverReadsBoundsTheServersMemory(
            @ForAll @IntRange(min = 64, max = 512) int highKiB, @ForAll @IntRange(min = 2_000, max = 100_000) int piece)
            throws Exception {
        Measured measured = new Measured();
        try (TestServer server = TestServer.start(subject(), measured.echo(), RAW, watermarks(highKiB, highKiB / 4))) {
            long idle = server.allocated();
            Flow flow = new Flow(server.connect(), 10L << 20);
            AtomicLong mostAllocated = new AtomicLong();
            flow.offerUntilStuck(server, piece, () -> mostAllocated.accumulateAndGet(server.allocated(), Math::max));
            measured.assertBound(highKiB);
            // Small messages may leave half of each block empty.
            assertThat(mostAllocated.get() - idle)
                    .as("bytes of buffers")
                    .isLessThan(2 * (highKiB * 1024L + EventLoop.RECEIVE_BYTES) + EventLoop.RECEIVE_BYTES);
            flow.takeRest(server);
            measured.assertBound(highKiB);
        }
    }

    @Example
    @Tag("kernel")
    void memoryStaysBoundedWhile256MebibytesAreEchoedToASlowPeer() throws Exception {
        Measured measured = new Measured();
        try (TestServer server = TestServer.start(subject(), measured.echo(), RAW)) {
            Flow flow = new Flow(server.connect(), 256L << 20);
            while (!flow.isDone()) {
                flow.offerUntilStuck(server, PIECE, () -> {});
                flow.take(server, 8 << 20);
            }
            measured.assertBound(1024);
        }
    }

    @Property(tries = 12, shrinking = ShrinkingMode.OFF)
    void onWritableComesOnceForEachCrossingAndOnWriteCompleteOnceTheQueueIsEmpty(
            @ForAll @IntRange(min = 64, max = 256) int highKiB,
            @ForAll @IntRange(max = 63) int lowKiB,
            @ForAll @IntRange(min = 1, max = 20_000) int size,
            @ForAll @IntRange(min = 1, max = 60) int requests,
            @ForAll @IntRange(min = 1, max = 200_000) int taken)
            throws Exception {
        Crossings crossings = new Crossings(lowKiB * 1024L, size);
        try (TestServer server =
                TestServer.start(subject(), new Handlers(crossings::handler), watermarks(highKiB, lowKiB))) {
            Peer peer = server.connect(SMALL_WINDOW);
            peer.send(Frames.of(new byte[requests][1]));
            long[] left = {(long) requests * Crossings.REPLIES * (4 + size)};
            // Not byte by byte through megabytes.
            int atOnce = (int) Math.max(taken, left[0] / 1000);
            server.until("all replies are there", () -> {
                left[0] -= peer.take(atOnce).length;
                return left[0] == 0;
            });
            server.until("the protocol has heard of it", () -> crossings.up.get() == crossings.down.get());
            assertThat(crossings.wrong).isEmpty();
            assertThat(crossings.messages.get()).isEqualTo(requests);
            server.until("the protocol hears that all is sent", () -> !crossings.owed.get());
            assertThat(crossings.wrong).isEmpty();
        }
    }

    /** Answers each message with several, and watches the marks and the emptiness. */
    private static final class Crossings {
        static final int REPLIES = 8;

        final AtomicLong up = new AtomicLong();
        final AtomicLong down = new AtomicLong();
        final AtomicLong messages = new AtomicLong();
        final AtomicBoolean owed = new AtomicBoolean();
        final Queue<String> wrong = new ConcurrentLinkedQueue<>();
        private final long low;
        private final int size;

        Crossings(long low, int size) {
            this.low = low;
            this.size = size;
        }

        Handler<ByteBuf> handler(Session<ByteBuf> session) {
            return new Handler<>() {
                @Override
                public void onMessage(ByteBuf message) {
                    if (!session.isWritable()) {
                        wrong.add("a message came while reading had to be paused");
                    }
                    messages.incrementAndGet();
                    for (int i = 0; i < REPLIES; i++) {
                        boolean before = session.isWritable();
                        session.send(Unpooled.buffer(size).writeZero(size));
                        owed.set(true);
                        if (before && !session.isWritable()) {
                            up.incrementAndGet();
                        }
                    }
                }

                @Override
                public void onWritable() {
                    if (down.incrementAndGet() != up.get()) {
                        wrong.add("onWritable for the " + down + "th time after " + up + " crossings");
                    }
                    if (!session.isWritable() || session.connection().bytesQueued() > low) {
                        wrong.add("onWritable with " + session.connection().bytesQueued() + " bytes queued");
                    }
                }

                @Override
                public void onWriteComplete() {
                    if (!owed.getAndSet(false)) {
                        wrong.add("onWriteComplete, and nothing was sent");
                    }
                    if (session.connection().bytesQueued() > 0) {
                        wrong.add("onWriteComplete with " + session.connection().bytesQueued() + " bytes queued");
                    }
                }
            };
        }
    }

    /** What becomes of messages for a peer that does not read. */
    enum Loss {
        /** The oldest are dropped, whatever they are. */
        DROP_OLDEST,
        /** The oldest are dropped, but for those that must arrive. */
        DROP_OLDEST_WITH_KEYS,
        /** One that has a newer one with the same key is dropped. */
        COALESCE;

        String policy() {
            return this == COALESCE ? "coalesce" : "drop-oldest";
        }

        boolean mustArrive(int key) {
            return this != DROP_OLDEST && key == 0;
        }
    }

    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void aSlowReaderGetsWholeMessagesInOrderAndAllThatMustArrive(
            @ForAll Loss loss,
            @ForAll @IntRange(min = 100, max = 300) int messages,
            @ForAll @IntRange(max = 20_000) int size,
            @ForAll @IntRange(max = 14) int keepRoot,
            @ForAll @IntRange(max = 4) int keys,
            @ForAll long seed)
            throws Exception {
        int keepKiB = keepRoot * keepRoot;
        Stock stock = new Stock(messages, size, keys, seed);
        AtomicLong mostQueued = new AtomicLong();
        Function<Session<ByteBuf>, Handler<ByteBuf>> echo = session -> message -> {
            // A lent one, or one of its own, which is queued by reference when it is large.
            boolean lent = message.getInt(message.readerIndex()) % 2 == 0;
            session.send(lent ? message : Unpooled.copiedBuffer(message));
            mostQueued.accumulateAndGet(session.connection().bytesQueued(), Math::max);
        };
        var protocol = new Outspoken(
                echo, Optional.empty(), loss == Loss.DROP_OLDEST ? Optional.empty() : Optional.of(Stock::key));
        String policy = "servers.test.lifecycle.backpressure.slow-reader { use = %s, keep = %dKiB }"
                .formatted(loss.policy(), keepKiB);
        try (TestServer server = TestServer.start(subject(), protocol, watermarks(64, 16), policy)) {
            Peer peer = server.connect(SMALL_WINDOW);
            stock.offerUntilStuck(server, peer);
            stock.takeRest(server, peer);
            long arrived = stock.check(loss);
            long dropped = server.reading("weir.server.messages.dropped");
            long coalesced = server.reading("weir.server.messages.coalesced");
            assertThat(arrived + dropped + coalesced)
                    .as("messages, accounted for")
                    .isEqualTo(messages);
            assertThat(loss == Loss.COALESCE ? dropped : coalesced).isZero();
            // The message that passed a mark, a newest that is always kept, and what one receive may hold after them.
            long bound = (64 + keepKiB) * 1024L + 2L * (stock.frameBytes() + EventLoop.RECEIVE_BYTES);
            assertThat(mostQueued.get()).as("bytes queued").isLessThanOrEqualTo(bound);
        }
    }

    /** Messages that tell their place and their key, sent to a server that sends them back. */
    private static final class Stock {
        private static final int VAIN = 300;

        private final byte[][] messages;
        private final byte[] frames;
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private int offered;

        Stock(int count, int size, int keys, long seed) {
            Random random = new Random(seed);
            messages = new byte[count][];
            for (int i = 0; i < count; i++) {
                ByteBuf message = Unpooled.buffer().writeInt(i).writeByte(random.nextInt(keys + 1));
                messages[i] = ByteBufUtil.getBytes(message.writeBytes(Bytes.random(i, size / (1 + random.nextInt(3)))));
            }
            frames = Frames.of(messages);
        }

        static Optional<Object> key(ByteBuf message) {
            byte key = message.getByte(message.readerIndex() + 4);
            return key == 0 ? Optional.empty() : Optional.of(key);
        }

        int frameBytes() {
            return Arrays.stream(messages)
                    .mapToInt(message -> 4 + message.length)
                    .max()
                    .orElseThrow();
        }

        void offerUntilStuck(TestServer server, Peer peer) {
            int[] vain = {0};
            server.until("nothing more is taken", () -> {
                vain[0] = offer(peer) > 0 ? 0 : vain[0] + 1;
                return vain[0] == VAIN;
            });
        }

        private int offer(Peer peer) {
            int taken = Math.max(0, peer.offer(frames, offered, Math.min(16 * 1024, frames.length - offered)));
            offered += taken;
            return taken;
        }

        /** To the last message, which nothing can replace. */
        void takeRest(TestServer server, Peer peer) {
            byte[] last = Frames.of(messages[messages.length - 1]);
            server.until("the last message arrives", () -> {
                offer(peer);
                received.writeBytes(peer.take(16 * 1024));
                byte[] all = received.toByteArray();
                return all.length >= last.length
                        && Arrays.equals(all, all.length - last.length, all.length, last, 0, last.length);
            });
        }

        /** Fails unless what arrived is a part of the messages, whole and in order, that lacks none that must arrive. */
        long check(Loss loss) {
            ByteBuf in = Unpooled.wrappedBuffer(received.toByteArray());
            BitSet arrived = new BitSet();
            while (in.isReadable()) {
                byte[] message = new byte[in.readInt()];
                in.readBytes(message);
                int place = ByteBuffer.wrap(message).getInt();
                assertThat(place).as("place").isGreaterThanOrEqualTo(arrived.length());
                Bytes.assertSame(message, messages[place]);
                arrived.set(place);
            }
            for (int i = 0; i < messages.length; i++) {
                byte key = messages[i][4];
                boolean isNewest = loss == Loss.COALESCE
                        && Arrays.stream(messages, i + 1, messages.length).noneMatch(newer -> newer[4] == key);
                if (loss.mustArrive(key) || isNewest) {
                    assertThat(arrived.get(i))
                            .as("message %d with key %d arrived", i, key)
                            .isTrue();
                }
            }
            return arrived.cardinality();
        }
    }

    @Property(tries = 8, shrinking = ShrinkingMode.OFF)
    void whatAllConnectionsHaveQueuedIsBoundedAndTheLargestGoFirst(
            @ForAll @IntRange(min = 4, max = 8) int peers, @ForAll long seed) throws Exception {
        Crowd crowd = new Crowd();
        try (TestServer server = TestServer.start(
                subject(),
                new Handlers(crowd::handler),
                watermarks(64 * 1024, 64),
                "servers.test.socket.send-buffer = 16KiB",
                "process.max-queued-bytes = 1MiB")) {
            Random random = new Random(seed);
            List<Peer> all = new ArrayList<>();
            for (int i = 0; i < peers; i++) {
                all.add(server.connect(4 * 1024));
            }
            server.until("all are open", () -> server.metrics().opened() == peers);
            for (int asked = 1; asked <= 60; asked++) {
                // Unevenly, so that some have much and others little.
                Peer peer = all.get((int) (peers * random.nextDouble() * random.nextDouble()));
                byte[] request = Frames.of(Unpooled.buffer()
                        .writeInt(random.nextInt(Crowd.MOST_REPLY))
                        .array());
                long before = crowd.answered.get();
                boolean gone = peer.offer(request, 0, request.length) < request.length;
                server.until("it is answered, or gone", () -> {
                    assertThat(server.reading("weir.process.queued.bytes"))
                            .as("bytes queued in all")
                            .isLessThanOrEqualTo(Crowd.MOST_QUEUED + 2 * Crowd.MOST_REPLY);
                    peer.take(1000);
                    return gone || crowd.answered.get() > before || peer.input() != Peer.Input.OPEN;
                });
            }
            server.turns(3);
            assertThat(server.reading("weir.process.queued.bytes")).isLessThanOrEqualTo(Crowd.MOST_QUEUED);
            assertThat(crowd.wrong).isEmpty();
            assertThat(server.metrics().closed(Cause.SLOW_READER))
                    .isEqualTo(server.reading("weir.process.queued.evicted"));
            // Who was not closed gets all that it asked for.
            long owed = crowd.queuedByOpen();
            server.until("the others have it all", () -> {
                all.forEach(peer -> peer.take(64 * 1024));
                return crowd.queuedByOpen() == 0;
            });
            assertThat(owed).isLessThanOrEqualTo(Crowd.MOST_QUEUED);
            assertThat(crowd.wrong).isEmpty();
        }
    }

    /** Many connections of peers that do not read; watches who is closed. All loops are the test's own thread's. */
    private static final class Crowd {
        static final long MOST_QUEUED = 1 << 20;
        static final int MOST_REPLY = 200_000;

        final AtomicLong answered = new AtomicLong();
        final List<String> wrong = new ArrayList<>();
        private final Map<Session<ByteBuf>, List<Integer>> open = new HashMap<>();

        Handler<ByteBuf> handler(Session<ByteBuf> session) {
            List<Integer> replies = new ArrayList<>();
            open.put(session, replies);
            return new Handler<>() {
                @Override
                public void onMessage(ByteBuf message) {
                    int size = message.readInt();
                    replies.add(size);
                    session.send(Unpooled.buffer(size).writeZero(size));
                    answered.incrementAndGet();
                }

                @Override
                public void onClosed(CloseReason reason) {
                    open.remove(session);
                    if (reason.cause() == Cause.SLOW_READER) {
                        wasEvicted(memory(session, replies));
                    }
                }
            };
        }

        /** What its queue takes at the most: a reply is there as a whole until all of it is sent, with its own blocks. */
        private static long memory(Session<ByteBuf> session, List<Integer> replies) {
            long memory = 0;
            long end = 0;
            for (int size : replies) {
                end += 4 + size;
                memory += end > session.connection().bytesSent() ? size + 2 * 4096 : 0;
            }
            return memory;
        }

        private void wasEvicted(long bytes) {
            long[] others = {0};
            open.forEach((session, replies) -> others[0] += memory(session, replies));
            if (bytes + others[0] <= MOST_QUEUED) {
                wrong.add("closed with " + bytes + " bytes, and the others had " + others[0]);
            }
            // Of two that have about the same either may be first.
            open.keySet().stream()
                    .mapToLong(session -> session.connection().bytesQueued())
                    .filter(more -> more > 2 * bytes)
                    .forEach(more -> wrong.add("closed with " + bytes + " bytes, and another had " + more));
        }

        long queuedByOpen() {
            return open.keySet().stream()
                    .mapToLong(session -> session.connection().bytesQueued())
                    .sum();
        }
    }

    @Example
    void aSlowReaderIsClosedWhenItHasNotCaughtUpInTime() throws Exception {
        Handlers large = new Handlers(session -> message -> session.send(Unpooled.wrappedBuffer(new byte[8 << 20])));
        String policy = "servers.test.lifecycle.backpressure.slow-reader { use = close, after = 300ms }";
        TransportSubject subject = subject();
        try (TestServer server = TestServer.start(subject, large, RAW, policy)) {
            Peer quick = server.connect(SMALL_WINDOW);
            quick.send(new byte[1]);
            assertThat(quick.read(8 << 20)).hasSize(8 << 20);
            server.elapse(Duration.ofSeconds(1));
            assertThat(server.weir().openConnections()).isOne();

            Peer stuck = server.connect(SMALL_WINDOW);
            stuck.send(new byte[1]);
            server.until("bytes are queued for it", () -> server.reading("weir.server.messages.received") == 2);
            server.elapse(Duration.ofMillis(298));
            if (subject.isCallerDriven()) {
                assertThat(server.weir().openConnections()).isEqualTo(2);
            }
            server.elapse(Duration.ofMillis(4));
            server.untilClosed(1, Cause.SLOW_READER);
            assertThat(server.weir().openConnections()).isOne();
            server.assertIdle();
        }
    }

    @Example
    void aProtocolThatQueuesMoreThanTheHardLimitLosesItsConnection() throws Exception {
        Handlers flooding = new Handlers(session -> message -> {
            boolean sent = true;
            while (sent) {
                sent = session.send(Unpooled.wrappedBuffer(new byte[PIECE]));
            }
        });
        try (TestServer server =
                TestServer.start(subject(), flooding, "servers.test.lifecycle.backpressure.hard = 2MiB")) {
            Peer peer = server.connect(SMALL_WINDOW);
            peer.send(Frames.of(new byte[1]));
            server.untilClosed(1, Cause.SLOW_READER);
            // What is counted is memory: the four bytes before each piece have a block for themselves.
            long most = (2L << 20) + PIECE + 4;
            assertThat(server.metrics().bytesUnsent()).isBetween(most * PIECE / (PIECE + 4096) - PIECE, most);
        }
    }

    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void aPausedConnectionHearsNothingUntilItResumesAndThenEverything(
            @ForAll("plans") Exchange.Plan plan, @ForAll @IntRange(min = 1, max = 30) int pauseEvery) throws Exception {
        AtomicBoolean heardWhilePaused = new AtomicBoolean();
        ConcurrentLinkedQueue<Runnable> resumes = new ConcurrentLinkedQueue<>();
        Handlers pausing = new Handlers(session -> new Handler<>() {
            private boolean paused;
            private int messages;

            @Override
            public void onMessage(ByteBuf message) {
                heardWhilePaused.compareAndSet(false, paused);
                session.send(message);
                if (++messages % pauseEvery == 0) {
                    paused = true;
                    session.pauseReading();
                    session.pauseReading();
                    resumes.add(() -> session.execute(this::resume));
                }
            }

            private void resume() {
                paused = false;
                session.resumeReading();
            }
        });
        byte[][] contents = new byte[Math.min(100, plan.total())][];
        for (int i = 0; i < contents.length; i++) {
            contents[i] = Bytes.random(i, plan.total() / contents.length);
        }
        try (TestServer server = TestServer.start(subject(), pausing)) {
            Exchange exchange = new Exchange(server.connect(), plan, Frames.of(contents));
            server.until("everything comes back", () -> {
                Runnable resume = resumes.poll();
                if (resume != null) {
                    resume.run();
                }
                return exchange.step();
            });
            exchange.assertSame();
            assertThat(heardWhilePaused).isFalse();
        }
    }

    @Provide
    Arbitrary<Exchange.Plan> plans() {
        return Exchange.Plan.upTo(1 << 20);
    }
}
