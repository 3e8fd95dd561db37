package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.codec.Codec;
import dev.weir.codec.CodecFactory;
import dev.weir.codec.MessageWindow;
import dev.weir.codec.Output;
import dev.weir.codec.ProtocolViolation;
import dev.weir.connection.Connection;
import dev.weir.fault.CloseReason.Cause;
import dev.weir.lifecycle.AdmissionPolicy.Rule;
import dev.weir.protocol.Goodbye;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import dev.weir.server.Weir;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.junit.jupiter.api.Assumptions;

/**
 * Who comes in when there is no more room. A transport's test extends this and says how to get at the transport.
 */
@AddLifecycleHook(LeakCheck.class)
public abstract class AdmissionContract {
    private static final String ADMISSION = "servers.test.lifecycle.admission.";
    private static final String MAX_CONNECTIONS = ADMISSION + "max-connections = ";
    private static final byte[] FRAME = Frames.of(new byte[] {1, 2, 3});

    /** A new way to the transport under test. Called once for each run of a law. */
    protected abstract TransportSubject subject();

    @Property(tries = 10, shrinking = ShrinkingMode.OFF)
    void whoComesBeyondTheCapWaitsUntilAConnectionCloses(
            @ForAll @IntRange(min = 1, max = 4) int cap, @ForAll @IntRange(min = 1, max = 6) int more)
            throws Exception {
        try (TestServer server = TestServer.start(subject(), Handlers.ECHO, "process.max-connections = " + cap)) {
            List<Peer> peers = new ArrayList<>();
            for (int i = 0; i < cap + more; i++) {
                peers.add(server.connect());
                peers.get(i).offer(FRAME, 0, FRAME.length);
            }
            for (int served = 0; served < peers.size(); served++) {
                // The oldest of those that are open leaves, and the one that has waited longest comes in.
                if (served >= cap) {
                    peers.get(served - cap).close();
                }
                Bytes.assertSame(peers.get(served).read(FRAME.length), FRAME);
                server.turns(5);
                for (Peer waiting : peers.subList(Math.min(peers.size(), Math.max(served + 1, cap)), peers.size())) {
                    assertThat(waiting.take(1)).as("bytes for who must wait").isEmpty();
                }
                assertThat(server.weir().openConnections()).isLessThanOrEqualTo(cap);
            }
            server.assertIdle();
        }
    }

    @Property(tries = 10, shrinking = ShrinkingMode.OFF)
    void whoComesBeyondAServersLimitIsClosedAtOnce(
            @ForAll @IntRange(min = 1, max = 4) int limit, @ForAll @IntRange(min = 1, max = 6) int more)
            throws Exception {
        try (TestServer server = TestServer.start(subject(), Handlers.ECHO, MAX_CONNECTIONS + limit)) {
            List<Peer> admitted = new ArrayList<>();
            for (int i = 0; i < limit; i++) {
                admitted.add(server.connect());
                assertIsServed(admitted.get(i));
            }
            for (int i = 0; i < more; i++) {
                Peer refused = server.connect();
                assertThat(refused.readToEnd()).isEmpty();
                refused.close();
            }
            for (Peer peer : admitted) {
                assertIsServed(peer);
                peer.close();
            }
            server.untilNoneIsOpen();
            assertIsServed(server.connect());
            server.assertIdle();
        }
    }

    @Property(tries = 10, shrinking = ShrinkingMode.OFF)
    void whoIsRefusedHearsTheGoodbyeAndNoHandlerOfHim(
            @ForAll @IntRange(min = 1, max = 3) int limit, @ForAll @IntRange(min = 1, max = 8) int more)
            throws Exception {
        Polite polite = new Polite(3);
        try (TestServer server = TestServer.start(subject(), polite, MAX_CONNECTIONS + limit)) {
            List<Peer> admitted = new ArrayList<>();
            for (int i = 0; i < limit; i++) {
                admitted.add(server.connect());
                assertIsServed(admitted.get(i));
            }
            for (int i = 0; i < more; i++) {
                Peer refused = server.connect();
                // What lies unread would turn a plain close into a reset.
                refused.offer(FRAME, 0, FRAME.length);
                Bytes.assertSame(refused.readToEnd(), polite.frame());
                assertThat(refused.input()).isEqualTo(Peer.Input.END);
                refused.close();
            }
            assertThat(polite.opened).hasValue(limit);
            assertThat(server.metrics().refused(Rule.CONNECTIONS)).isEqualTo(more);
            assertThat(server.metrics().opened()).isEqualTo(limit);
            admitted.forEach(AdmissionContract::assertIsServed);
            admitted.forEach(Peer::close);
            server.untilNoneIsOpen();
            assertIsServed(server.connect());
            server.assertIdle();
        }
    }

    @Property(tries = 3, shrinking = ShrinkingMode.OFF)
    void whoIsRefusedAndStaysIsLeftInTheEndAndNoReplyCountsAsLost(
            @ForAll @IntRange(min = 1, max = 5) int refused, @ForAll boolean takesTheGoodbye) throws Exception {
        // More than the kernel's buffers hold: a peer that does not read leaves some of it unsent.
        Polite polite = new Polite(takesTheGoodbye ? 3 : 16 * 1024 * 1024);
        try (TestServer server = TestServer.start(subject(), polite, MAX_CONNECTIONS + 1)) {
            Peer admitted = server.connect();
            assertIsServed(admitted);
            for (int i = 0; i < refused; i++) {
                server.connect();
            }
            server.until("all are refused", () -> server.metrics().refused(Rule.CONNECTIONS) == refused);
            server.until("those who stay are left", () -> {
                server.elapse(Duration.ofMillis(500));
                return server.metrics().closed(Cause.REFUSED) == refused;
            });
            assertIsServed(admitted);
            server.assertIdle();
            server.weir().drain();
            assertThat(server.weir().awaitEnd()).isEqualTo(Weir.Ending.CLEAN);
        }
    }

    @Property(tries = 5, shrinking = ShrinkingMode.OFF)
    void onlySoManyAtATimeAreRefusedWithAGoodbyeAndAtMostHalfAsManyAsAreInReserve(
            @ForAll @IntRange(max = 100) int reserve) throws Exception {
        TransportSubject subject = subject();
        Assumptions.assumeTrue(subject.isCallerDriven(), "the first may be over before the last has come");
        Polite polite = new Polite(3);
        try (TestServer server =
                TestServer.start(subject, polite, MAX_CONNECTIONS + 1, "process.descriptors.reserve = " + reserve)) {
            assertIsServed(server.connect());
            int heard = 0;
            for (int i = 0; i < 50; i++) {
                Peer stays = server.connect();
                heard += stays.readToEnd().length > 0 ? 1 : 0;
            }
            assertThat(heard).isEqualTo(Math.min(32, reserve / 2));
            assertThat(server.metrics().refused(Rule.CONNECTIONS)).isEqualTo(50);
        }
    }

    @Example
    void whoHearsTheGoodbyeTakesNobodysPlace() throws Exception {
        TransportSubject subject = subject();
        Assumptions.assumeTrue(subject.isCallerDriven(), "the first may be over before the last has come");
        Polite polite = new Polite(3);
        try (TestServer server =
                TestServer.start(subject, polite, MAX_CONNECTIONS + 1, "process.max-connections = 2")) {
            assertIsServed(server.connect());
            for (int i = 0; i < 10; i++) {
                Peer stays = server.connect();
                Bytes.assertSame(stays.readToEnd(), polite.frame());
            }
        }
    }

    @Example
    void atTheCapOfTheProcessAdmissionSaysHowOneIsRefused() throws Exception {
        try (TestServer server = TestServer.start(
                subject(),
                new Polite(3),
                "process { max-connections = 1, descriptors.on-exhausted = shed }",
                ADMISSION + "refuse = reset")) {
            assertIsServed(server.connect());
            Peer refused = server.connect();
            assertThat(refused.readToEnd()).isEmpty();
            assertThat(refused.input()).isEqualTo(Peer.Input.RESET);
        }
    }

    @Property(generation = GenerationMode.EXHAUSTIVE)
    void aFarewellThatFailsCostsItsOwnConnectionOnly(@ForAll Failing failing) throws Exception {
        AtomicInteger created = new AtomicInteger();
        FaultyFarewell faulty = new FaultyFarewell(failing, new Polite(3), created);
        try (TestServer server = TestServer.start(subject(), faulty.codec(), faulty, MAX_CONNECTIONS + 1)) {
            Peer admitted = server.connect();
            assertIsServed(admitted);
            for (int i = 0; i < 3; i++) {
                Peer refused = server.connect();
                assertThat(refused.readToEnd()).isEmpty();
                refused.close();
            }
            assertThat(server.metrics().refused(Rule.CONNECTIONS)).isEqualTo(3);
            assertIsServed(admitted);
            admitted.close();
            server.untilNoneIsOpen();
            created.set(0);
            assertIsServed(server.connect());
            server.assertIdle();
        }
    }

    /** What throws when one is refused. */
    enum Failing {
        GOODBYE,
        ITS_WORDS,
        ITS_ENCODING,
        ITS_CODEC
    }

    /** As the polite one, but that something throws where a goodbye would be due. */
    private record FaultyFarewell(Failing failing, Polite polite, AtomicInteger created) implements BytesProtocol {

        CodecFactory<ByteBuf, ByteBuf> codec() {
            Frames frames = new Frames();
            return new CodecFactory<>() {
                @Override
                public Class<ByteBuf> inbound() {
                    return ByteBuf.class;
                }

                @Override
                public Class<ByteBuf> outbound() {
                    return ByteBuf.class;
                }

                @Override
                public int maxUndecodedBytes() {
                    return frames.maxUndecodedBytes();
                }

                @Override
                public Codec<ByteBuf, ByteBuf> create(Connection connection, MessageWindow window) {
                    boolean isForRefused = created.incrementAndGet() > 1;
                    throwIf(isForRefused && failing == Failing.ITS_CODEC);
                    Codec<ByteBuf, ByteBuf> codec = frames.create(connection, window);
                    return isForRefused && failing == Failing.ITS_ENCODING ? new Unable(codec) : codec;
                }
            };
        }

        @Override
        public Optional<Goodbye<ByteBuf>> goodbye() {
            throwIf(failing == Failing.GOODBYE);
            return Optional.of(reason -> {
                throwIf(failing == Failing.ITS_WORDS);
                return polite.goodbye().orElseThrow().goodbye(reason);
            });
        }

        @Override
        public Handler<ByteBuf> open(Session<ByteBuf> session) {
            return polite.open(session);
        }

        private static void throwIf(boolean wanted) {
            if (wanted) {
                throw new IllegalStateException("thrown by a test");
            }
        }
    }

    private record Unable(Codec<ByteBuf, ByteBuf> codec) implements Codec<ByteBuf, ByteBuf> {
        @Override
        public ByteBuf decode(ByteBuf in) throws ProtocolViolation {
            return codec.decode(in);
        }

        @Override
        public void encode(ByteBuf message, Output out) {
            message.release();
            throw new IllegalStateException("thrown by a test");
        }
    }

    @Example
    void aServersLimitMayRefuseByReset() throws Exception {
        try (TestServer server =
                TestServer.start(subject(), new Polite(3), MAX_CONNECTIONS + 1, ADMISSION + "refuse = reset")) {
            assertIsServed(server.connect());
            Peer refused = server.connect();
            assertThat(refused.readToEnd()).isEmpty();
            assertThat(refused.input()).isEqualTo(Peer.Input.RESET);
            server.assertIdle();
        }
    }

    @Property(tries = 10, shrinking = ShrinkingMode.OFF)
    void oneAddressHasSoManyConnectionsAndGetsThemBack(
            @ForAll @IntRange(min = 1, max = 3) int most, @ForAll @IntRange(min = 1, max = 4) int more)
            throws Exception {
        try (TestServer server = TestServer.start(subject(), Handlers.ECHO, ADMISSION + "max-per-address = " + most)) {
            for (int round = 0; round < 2; round++) {
                List<Peer> admitted = new ArrayList<>();
                for (int i = 0; i < most; i++) {
                    admitted.add(server.connect());
                    assertIsServed(admitted.get(i));
                }
                for (int i = 0; i < more; i++) {
                    assertThat(server.connect().readToEnd()).isEmpty();
                }
                admitted.forEach(AdmissionContract::assertIsServed);
                admitted.forEach(Peer::close);
                server.untilNoneIsOpen();
            }
            assertThat(server.metrics().refused(Rule.PER_ADDRESS)).isEqualTo(2L * more);
            server.assertIdle();
        }
    }

    @Property(tries = 10, shrinking = ShrinkingMode.OFF)
    void whoComesFasterThanTheRateWaitsAndIsServedInHisTurn(
            @ForAll @IntRange(min = 1, max = 4) int burst, @ForAll @IntRange(min = 1, max = 6) int more)
            throws Exception {
        TransportSubject subject = subject();
        Assumptions.assumeTrue(subject.isCallerDriven(), "time passes by itself");
        try (TestServer server = TestServer.start(
                subject, Handlers.ECHO, ADMISSION + "accept-rate = \"1/m\"", ADMISSION + "accept-burst = " + burst)) {
            List<Peer> peers = new ArrayList<>();
            for (int i = 0; i < burst + more; i++) {
                peers.add(server.connect());
                peers.get(i).offer(FRAME, 0, FRAME.length);
            }
            for (int served = 0; served < peers.size(); served++) {
                if (served >= burst) {
                    server.elapse(Duration.ofSeconds(59));
                    server.turns(20);
                    assertThat(peers.get(served).take(1))
                            .as("bytes before a minute has passed")
                            .isEmpty();
                    server.elapse(Duration.ofSeconds(1).plusMillis(1));
                }
                Bytes.assertSame(peers.get(served).read(FRAME.length), FRAME);
            }
            assertThat(server.reading("weir.server.accepts.delayed")).isPositive();
            peers.forEach(Peer::close);
            server.untilNoneIsOpen();
            server.elapse(Duration.ofMinutes(2));
            server.assertIdle();
        }
    }

    @Example
    void aDrainTakesWhoStillWaitsForHisTurn() throws Exception {
        String rate = ADMISSION + "accept-rate = \"1/h\"";
        try (TestServer server = TestServer.start(subject(), Handlers.ECHO, rate)) {
            List<Peer> peers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                peers.add(server.connect());
                peers.get(i).offer(FRAME, 0, FRAME.length);
            }
            Bytes.assertSame(peers.getFirst().read(FRAME.length), FRAME);
            assertThat(server.metrics().opened()).isOne();
            server.weir().drain();
            for (Peer peer : peers) {
                peer.readToEnd();
                assertThat(peer.input()).isEqualTo(Peer.Input.END);
            }
            assertThat(server.metrics().opened()).isEqualTo(10);
            peers.forEach(Peer::close);
            assertThat(server.weir().awaitEnd()).isEqualTo(Weir.Ending.CLEAN);
        }
    }

    @Example
    void whoIsDeniedIsClosedAndTakesNoPlace() throws Exception {
        try (TestServer server = TestServer.start(
                subject(), Handlers.ECHO, ADMISSION + "deny = [\"127.0.0.0/8\", \"::1\"]", MAX_CONNECTIONS + 1)) {
            for (int i = 0; i < 5; i++) {
                assertThat(server.connect().readToEnd()).isEmpty();
            }
            assertThat(server.metrics().refused(Rule.ADDRESS)).isEqualTo(5);
            server.assertIdle();
        }
    }

    @Example
    void aFloodOfThoseWhoAreRefusedDoesNotUseUpTheRate() throws Exception {
        try (TestServer server = TestServer.start(
                subject(),
                Handlers.ECHO,
                ADMISSION + "accept-rate = \"1/h\"",
                ADMISSION + "accept-burst = 2",
                ADMISSION + "max-per-address = 1")) {
            Peer first = server.connect();
            assertIsServed(first);
            for (int i = 0; i < 20; i++) {
                Peer refused = server.connect();
                assertThat(refused.readToEnd()).isEmpty();
                refused.close();
            }
            first.close();
            server.untilNoneIsOpen();
            assertIsServed(server.connect());
        }
    }

    /** Echoes, and has a goodbye of so many bytes. */
    private record Polite(int bytes, AtomicInteger opened) implements BytesProtocol {
        Polite(int bytes) {
            this(bytes, new AtomicInteger());
        }

        byte[] frame() {
            return Frames.of(new byte[bytes]);
        }

        @Override
        public Optional<Goodbye<ByteBuf>> goodbye() {
            return Optional.of(reason -> Optional.of(Unpooled.buffer(bytes).writeZero(bytes)));
        }

        @Override
        public Handler<ByteBuf> open(Session<ByteBuf> session) {
            opened.incrementAndGet();
            return session::send;
        }
    }

    private static void assertIsServed(Peer peer) {
        peer.send(FRAME);
        Bytes.assertSame(peer.read(FRAME.length), FRAME);
    }
}
