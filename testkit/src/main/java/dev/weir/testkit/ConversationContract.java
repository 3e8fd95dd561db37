package dev.weir.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fault.CloseReason;
import dev.weir.fault.CloseReason.Cause;
import dev.weir.protocol.Goodbye;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Hold;
import dev.weir.protocol.Protocol;
import dev.weir.protocol.Session;
import dev.weir.server.Weir.Ending;
import dev.weir.testkit.Dialogue.Fault;
import dev.weir.transport.Endpoint;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * What a codec gets that knows of requests and replies, of messages in parts, and of the end of a conversation. A transport's test
 * extends this and says how to get at the transport, caller-driven: time is the test's.
 */
@AddLifecycleHook(LeakCheck.class)
public abstract class ConversationContract {
    private static final String LIFECYCLE = "servers.test.lifecycle.";
    private static final String NO_HEARTBEAT = LIFECYCLE + "heartbeat = []";
    private static final String FRAME = LIFECYCLE + "deadlines { first-byte = off, frame = 30s }";
    private static final String SMALL_BUFFER = "servers.test.socket.send-buffer = 4KiB";
    private static final int SMALL_WINDOW = 4 * 1024;
    private static final Duration HOUR = Duration.ofHours(1);
    /** Of a body so many bytes are due in the time of a frame. */
    private static final int STEP = 16 * 1024;

    /** A new way to the transport under test, caller-driven. Called once for each run of a law. */
    protected abstract TransportSubject subject();

    /** What comes in, as texts, and the sessions by which to answer. */
    private static final class Desk {
        final Queue<String> heard = new ConcurrentLinkedQueue<>();
        final Queue<Session<ByteBuf>> sessions = new ConcurrentLinkedQueue<>();
        final Queue<Hold> holds = new ConcurrentLinkedQueue<>();
        final Queue<Boolean> draining = new ConcurrentLinkedQueue<>();
        private final boolean holding;
        private final Optional<Goodbye<ByteBuf>> goodbye;

        Desk() {
            this(false, Optional.empty());
        }

        Desk(boolean holding, Optional<Goodbye<ByteBuf>> goodbye) {
            this.holding = holding;
            this.goodbye = goodbye;
        }

        Protocol<ByteBuf, ByteBuf> protocol() {
            return new Protocol<>() {
                @Override
                public Class<ByteBuf> inbound() {
                    return ByteBuf.class;
                }

                @Override
                public Class<ByteBuf> outbound() {
                    return ByteBuf.class;
                }

                @Override
                public Optional<Goodbye<ByteBuf>> goodbye() {
                    return goodbye;
                }

                @Override
                public Handler<ByteBuf> open(Session<ByteBuf> session) {
                    sessions.add(session);
                    return new Listening(session);
                }
            };
        }

        private final class Listening implements Handler<ByteBuf> {
            private final Session<ByteBuf> session;

            Listening(Session<ByteBuf> session) {
                this.session = session;
            }

            @Override
            public void onMessage(ByteBuf message) {
                if (holding) {
                    holds.add(session.hold());
                }
                heard.add(message.toString(US_ASCII));
            }

            @Override
            public void onDrain() {
                draining.add(session.connection().isDraining());
            }
        }

        /** How many bytes have been heard. */
        int bytes() {
            return heard.stream().mapToInt(String::length).sum();
        }

        void answer(String reply) {
            answer(reply.getBytes(US_ASCII));
        }

        void answer(byte[] reply) {
            sessions.element().send(Unpooled.wrappedBuffer(reply));
        }
    }

    private TestServer start(WatchedCodecs codecs, Desk desk, String... settings) throws Exception {
        return TestServer.start(subject(), codecs, desk.protocol(), settings);
    }

    private static WatchedCodecs codecs() {
        return new WatchedCodecs(new Dialogue(Fault.NONE, false));
    }

    private static WatchedCodecs politeCodecs() {
        return new WatchedCodecs(new Dialogue(Fault.NONE, true));
    }

    private static void untilHeard(TestServer server, Desk desk, int bytes) {
        server.until(bytes + " bytes are heard", () -> desk.bytes() == bytes);
    }

    private static void assertOpen(TestServer server) {
        assertThat(server.weir().openConnections()).isOne();
    }

    @Property(tries = 10, shrinking = ShrinkingMode.OFF)
    void whatComesWhileTheCodecWaitsIsDecodedAfterTheReply(@ForAll @IntRange(min = 1, max = 40) int requests)
            throws Exception {
        Desk desk = new Desk();
        WatchedCodecs codecs = codecs();
        try (TestServer server = start(codecs, desk)) {
            Peer peer = server.connect();
            peer.send(Dialogue.requests(requests));
            peer.halfClose();
            for (int i = 1; i <= requests; i++) {
                untilHeard(server, desk, i);
                server.turns(3);
                assertThat(desk.bytes())
                        .as("requests without a reply to the one before")
                        .isEqualTo(i);
                desk.answer("a");
            }
            assertThat(peer.readToEnd()).hasSize(requests);
            peer.close();
            server.untilClosed(1, Cause.PEER_CLOSED);
            server.assertIdle();
        }
        codecs.assertOver();
    }

    @Example
    void noDeadlineForReceivingRunsWhileTheCodecWaits() throws Exception {
        Desk desk = new Desk();
        try (TestServer server = start(codecs(), desk, NO_HEARTBEAT, FRAME)) {
            Peer peer = server.connect();
            // A request, and the beginning of another.
            peer.send(new byte[] {Dialogue.REQUEST, Dialogue.head(1)[0]});
            untilHeard(server, desk, 1);
            server.elapse(HOUR);
            assertOpen(server);
            desk.answer("a");
            assertThat(peer.read(1)).hasSize(1);
            server.turns(5);
            server.elapse(Duration.ofSeconds(29));
            assertOpen(server);
            server.elapse(Duration.ofSeconds(2));
            server.untilClosed(1, Cause.DEADLINE);
            server.assertIdle();
        }
    }

    @Property(tries = 10, shrinking = ShrinkingMode.OFF)
    void theConversationEndsWhenItsLastReplyIsOut(
            @ForAll @IntRange(min = 1, max = 200_000) int bytes, @ForAll boolean holds, @ForAll boolean force)
            throws Exception {
        Desk desk = new Desk(holds, Optional.empty());
        String close = LIFECYCLE + (force ? "close = force" : "close { use = graceful, flush = 1s }");
        try (TestServer server = start(codecs(), desk, NO_HEARTBEAT, SMALL_BUFFER, close)) {
            Peer peer = server.connect(SMALL_WINDOW);
            // Of what lies unread the system makes a reset, and force does not read it first.
            peer.send(Dialogue.requests(force ? 1 : 3));
            untilHeard(server, desk, 1);
            byte[] reply = Bytes.random(bytes, bytes);
            reply[0] = Dialogue.LAST;
            desk.answer(reply);
            // However long it takes.
            server.elapse(Duration.ofSeconds(5));
            Bytes.assertSame(peer.read(bytes), reply);
            if (holds) {
                server.elapse(Duration.ofSeconds(5));
                assertOpen(server);
                assertThat(peer.input()).isEqualTo(Peer.Input.OPEN);
                desk.sessions.element().execute(() -> desk.holds.forEach(Hold::release));
            }
            assertThat(peer.readToEnd()).isEmpty();
            assertThat(peer.input()).isEqualTo(Peer.Input.END);
            peer.close();
            server.untilClosed(1, Cause.CLOSED);
            assertThat(desk.heard).as("requests that were decoded").hasSize(1);
            server.assertIdle();
        }
    }

    @Example
    void aDrainWaitsForTheReplyThatIsOwed() throws Exception {
        Desk desk = new Desk();
        WatchedCodecs codecs = codecs();
        try (TestServer server = start(codecs, desk)) {
            Peer peer = server.connect();
            peer.send(Dialogue.requests(1));
            untilHeard(server, desk, 1);
            server.weir().drain();
            server.until("the protocol is told", () -> !desk.draining.isEmpty());
            assertThat(desk.draining).containsExactly(true);
            server.elapse(Duration.ofSeconds(1));
            assertOpen(server);
            desk.answer("+");
            assertThat(peer.read(1)).hasSize(1);
            server.turns(5);
            assertOpen(server);
            desk.answer("a");
            assertThat(peer.readToEnd()).hasSize(1);
            peer.close();
            server.untilClosed(1, Cause.DRAINED);
            assertThat(server.weir().awaitEnd()).isEqualTo(Ending.CLEAN);
        }
        codecs.assertOver();
    }

    @Example
    void aReplyThatIsOwedWhenTheDrainsDeadlinePassesIsLost() throws Exception {
        Desk desk = new Desk();
        try (TestServer server = start(codecs(), desk, "process.drain.deadline = 10s")) {
            Peer peer = server.connect();
            peer.send(Dialogue.requests(1));
            untilHeard(server, desk, 1);
            server.weir().drain();
            server.until("the protocol is told", () -> !desk.draining.isEmpty());
            server.elapse(Duration.ofSeconds(11));
            server.untilClosed(1, Cause.DRAIN_DEADLINE);
            assertThat(server.metrics().repliesLost()).isOne();
        }
    }

    @Property(tries = 2)
    void whoWaitsForAReplyIsNotIdle(@ForAll boolean standsStill) throws Exception {
        Desk desk = new Desk();
        String idle = LIFECYCLE + "heartbeat = [ { use = idle, timeout = 30s } ]";
        try (TestServer server =
                start(codecs(), desk, idle, LIFECYCLE + "deadlines { first-byte = off, frame = off }")) {
            Peer peer = server.connect();
            byte[] request = standsStill ? Dialogue.head(1) : Dialogue.requests(1);
            peer.send(request);
            untilHeard(server, desk, request.length);
            if (!standsStill) {
                server.elapse(HOUR);
                assertOpen(server);
                desk.answer("a");
                assertThat(peer.read(1)).hasSize(1);
            }
            server.elapse(Duration.ofSeconds(32));
            assertThat(peer.readToEnd()).isEmpty();
            peer.close();
            server.untilClosed(1, Cause.IDLE);
            server.assertIdle();
        }
    }

    @Example
    void whoWaitsForAReplyIsNotIdleThoughItHasAskedForAnotherAhead() throws Exception {
        Desk desk = new Desk();
        String idle = LIFECYCLE + "heartbeat = [ { use = idle, timeout = 30s } ]";
        try (TestServer server =
                start(codecs(), desk, idle, LIFECYCLE + "deadlines { first-byte = off, frame = off }")) {
            Peer peer = server.connect();
            peer.send(Dialogue.requests(2));
            untilHeard(server, desk, 1);
            server.elapse(HOUR);
            assertOpen(server);
            desk.answer("a");
            untilHeard(server, desk, 2);
            desk.answer("b");
            assertThat(peer.read(2)).hasSize(2);
            server.assertIdle();
        }
    }

    @Example
    void answerThenCloseWaitsForTheReplyThatIsOwed() throws Exception {
        Desk desk = new Desk();
        try (TestServer server = start(codecs(), desk)) {
            Peer peer = server.connect();
            peer.send(Dialogue.head(3));
            peer.send(new byte[3]);
            peer.halfClose();
            untilHeard(server, desk, Dialogue.head(3).length + 3);
            server.turns(10);
            assertOpen(server);
            desk.answer("a");
            assertThat(peer.readToEnd()).hasSize(1);
            assertThat(peer.input()).isEqualTo(Peer.Input.END);
            peer.close();
            server.untilClosed(1, Cause.PEER_CLOSED);
            server.assertIdle();
        }
    }

    @Property(tries = 4)
    void whoHasEndedItsHalfWantsNothingButWhatIsOwedEvenIfItsEndIsPropagated(@ForAll boolean asks) throws Exception {
        Desk desk = new Desk();
        try (TestServer server = start(codecs(), desk, LIFECYCLE + "close.half-close = propagate")) {
            Peer peer = server.connect();
            if (asks) {
                peer.send(Dialogue.requests(1));
                peer.halfClose();
                untilHeard(server, desk, 1);
                server.turns(10);
                assertOpen(server);
                desk.answer("a");
            } else {
                peer.halfClose();
            }
            assertThat(peer.readToEnd()).hasSize(asks ? 1 : 0);
            assertThat(peer.input()).isEqualTo(Peer.Input.END);
            peer.close();
            server.untilClosed(1, Cause.PEER_CLOSED);
            server.assertIdle();
        }
    }

    /** Whose goodbye there is. */
    enum Words {
        CODECS,
        PROTOCOLS,
        BOTH,
        PROTOCOL_IS_SILENT
    }

    @Property(tries = 8)
    void theCodecSaysGoodbyeWhereTheProtocolDoesNot(@ForAll Words words, @ForAll boolean force) throws Exception {
        Optional<Goodbye<ByteBuf>> protocols = switch (words) {
            case CODECS -> Optional.empty();
            case PROTOCOLS, BOTH -> Optional.of(reason -> Optional.of(Unpooled.copiedBuffer("protocol's", US_ASCII)));
            case PROTOCOL_IS_SILENT -> Optional.of(reason -> Optional.empty());
        };
        WatchedCodecs codecs = words == Words.PROTOCOLS ? codecs() : politeCodecs();
        Desk desk = new Desk(false, protocols);
        // An idle timeout closes by plan; a deadline gives no time.
        String heartbeat = force ? NO_HEARTBEAT : LIFECYCLE + "heartbeat = [ { use = idle, timeout = 10s } ]";
        try (TestServer server =
                start(codecs, desk, heartbeat, LIFECYCLE + "deadlines { first-byte = off, frame = 20s }")) {
            Peer peer = server.connect();
            peer.send(Dialogue.head(10));
            untilHeard(server, desk, Dialogue.head(10).length);
            server.elapse(Duration.ofSeconds(force ? 22 : 12));
            String expected = protocols.isPresent() && words != Words.PROTOCOL_IS_SILENT
                    ? "protocol's"
                    : Dialogue.goodbye(force ? Cause.DEADLINE : Cause.IDLE);
            String got = new String(peer.readToEnd(), US_ASCII);
            if (force) {
                // As far as the socket takes it at once.
                assertThat(expected).startsWith(got);
            } else {
                assertThat(got).isEqualTo(expected);
                assertThat(peer.input()).isEqualTo(Peer.Input.END);
            }
            peer.close();
            server.untilClosed(1, force ? Cause.DEADLINE : Cause.IDLE);
            server.assertIdle();
        }
        codecs.assertOver();
    }

    @Example
    void whoIsGivenNoTimeAndNoWordIsReset() throws Exception {
        Desk desk = new Desk();
        try (TestServer server = start(codecs(), desk, NO_HEARTBEAT, FRAME)) {
            Peer peer = server.connect();
            peer.send(Dialogue.head(10));
            untilHeard(server, desk, Dialogue.head(10).length);
            server.elapse(Duration.ofSeconds(32));
            server.untilClosed(1, Cause.DEADLINE);
            assertThat(peer.readToEnd()).isEmpty();
            boolean isTcp = server.address() instanceof Endpoint.Inet;
            assertThat(peer.input()).isEqualTo(isTcp ? Peer.Input.RESET : peer.input());
            server.assertIdle();
        }
    }

    @Property(tries = 2)
    void whoIsRefusedHearsTheCodec(@ForAll boolean polite) throws Exception {
        WatchedCodecs codecs = polite ? politeCodecs() : codecs();
        Desk desk = new Desk();
        try (TestServer server = start(codecs, desk, LIFECYCLE + "admission.max-connections = 1")) {
            Peer admitted = server.connect();
            admitted.send(Dialogue.requests(1));
            untilHeard(server, desk, 1);
            Peer refused = server.connect();
            assertThat(new String(refused.readToEnd(), US_ASCII))
                    .isEqualTo(polite ? Dialogue.goodbye(Cause.REFUSED) : "");
            assertThat(refused.input()).isEqualTo(Peer.Input.END);
            refused.close();
            server.untilClosed(1, Cause.REFUSED);
            assertThat(codecs.made()).isEqualTo(polite ? 2 : 1);
            assertThat(desk.sessions).hasSize(1);
            desk.answer("a");
            server.assertIdle();
        }
        codecs.assertOver();
    }

    @Property(tries = 6, shrinking = ShrinkingMode.OFF)
    void aBodyThatGetsOnIsInTimeAndOneThatDoesNotIsNot(@ForAll @IntRange(max = 5) int steps) throws Exception {
        Desk desk = new Desk();
        byte[] head = Dialogue.head(100 * STEP);
        try (TestServer server = start(codecs(), desk, NO_HEARTBEAT, FRAME)) {
            Peer peer = server.connect();
            peer.send(head);
            untilHeard(server, desk, head.length);
            for (int i = 1; i <= steps; i++) {
                server.elapse(Duration.ofSeconds(28));
                peer.send(new byte[STEP]);
                untilHeard(server, desk, head.length + i * STEP);
            }
            server.elapse(Duration.ofSeconds(14));
            peer.send(new byte[STEP - 1]);
            untilHeard(server, desk, head.length + (steps + 1) * STEP - 1);
            server.elapse(Duration.ofSeconds(14));
            assertOpen(server);
            server.elapse(Duration.ofSeconds(4));
            server.untilClosed(1, Cause.DEADLINE);
            server.assertIdle();
        }
    }

    @Example
    void whoHasSentHisMessageIsNotLateWithIt() throws Exception {
        Desk desk = new Desk();
        byte[] head = Dialogue.head(1);
        try (TestServer server = start(codecs(), desk, NO_HEARTBEAT, FRAME)) {
            Peer peer = server.connect();
            peer.send(head);
            peer.send(new byte[1]);
            untilHeard(server, desk, head.length + 1);
            desk.answer("a");
            assertThat(peer.read(1)).hasSize(1);
            server.elapse(HOUR);
            assertOpen(server);
            server.assertIdle();
        }
    }

    @Property(tries = 6, shrinking = ShrinkingMode.OFF)
    void theServersPausesAreLeftOutOfTheTimeOfABodyAndGiveNoOther(@ForAll @IntRange(min = 1, max = 4) int pauses)
            throws Exception {
        Desk desk = new Desk();
        byte[] head = Dialogue.head(1000);
        try (TestServer server = start(codecs(), desk, NO_HEARTBEAT, FRAME)) {
            Peer peer = server.connect();
            peer.send(head);
            untilHeard(server, desk, head.length);
            Session<ByteBuf> session = desk.sessions.element();
            for (int i = 1; i <= pauses; i++) {
                server.elapse(Duration.ofSeconds(5));
                peer.send(new byte[1]);
                untilHeard(server, desk, head.length + i);
                session.execute(session::pauseReading);
                server.elapse(HOUR);
                assertOpen(server);
                session.execute(session::resumeReading);
            }
            server.elapse(Duration.ofSeconds(28 - 5 * pauses));
            assertOpen(server);
            server.elapse(Duration.ofSeconds(4));
            server.untilClosed(1, Cause.DEADLINE);
            server.assertIdle();
        }
    }

    @Property(tries = 4, shrinking = ShrinkingMode.OFF)
    void aBodyThatStandsStillIsTooSlowHoweverFastItWasBefore(@ForAll @IntRange(min = 1, max = 3) int graces)
            throws Exception {
        Desk desk = new Desk();
        byte[] head = Dialogue.head(1 << 20);
        String deadlines =
                LIFECYCLE + "deadlines { first-byte = off, frame = off, min-rate = 1000B, min-rate-grace = 10s }";
        try (TestServer server = start(codecs(), desk, NO_HEARTBEAT, deadlines)) {
            Peer peer = server.connect();
            peer.send(head);
            untilHeard(server, desk, head.length);
            for (int i = 1; i <= graces; i++) {
                server.elapse(Duration.ofSeconds(5));
                peer.send(new byte[50_000]);
                untilHeard(server, desk, head.length + i * 50_000);
                server.elapse(Duration.ofSeconds(5).plusMillis(5));
                assertOpen(server);
            }
            server.elapse(Duration.ofSeconds(9));
            assertOpen(server);
            server.elapse(Duration.ofSeconds(2));
            server.untilClosed(1, Cause.DEADLINE);
            server.assertIdle();
        }
    }

    @Example
    void aShortConnectionTakesTheWholeRequestThoughTheReplyHasBegun() throws Exception {
        Queue<String> heard = new ConcurrentLinkedQueue<>();
        Handlers echo = new Handlers(session -> message -> {
            heard.add(message.toString(US_ASCII));
            int bytes = heard.stream().mapToInt(String::length).sum();
            boolean whole = bytes == Dialogue.head(10).length + 10;
            session.send(Unpooled.copiedBuffer(whole ? "a" : "+", US_ASCII));
        });
        try (TestServer server = TestServer.start(subject(), codecs(), echo, LIFECYCLE + "connection-mode = short")) {
            Peer peer = server.connect();
            peer.send(Dialogue.head(10));
            server.until("the head is heard", () -> !heard.isEmpty());
            server.turns(5);
            for (int i = 0; i < 10; i++) {
                peer.send("b".getBytes(US_ASCII));
                server.turns(2);
            }
            assertThat(new String(peer.readToEnd(), US_ASCII)).startsWith("+").endsWith("a");
            assertThat(peer.input()).isEqualTo(Peer.Input.END);
            peer.close();
            server.untilClosed(1, Cause.CLOSED);
            server.assertIdle();
        }
    }

    @Property(tries = 4)
    void aSwitchEndsTheOldCodecAndItsWait(@ForAll boolean later) throws Exception {
        Queue<String> heard = new ConcurrentLinkedQueue<>();
        WatchedCodecs codecs = codecs();
        WatchedCodecs frames = new WatchedCodecs(new Frames());
        Queue<Integer> disposedBefore = new ConcurrentLinkedQueue<>();
        Handlers upgraded = new Handlers(session -> {
            disposedBefore.add(codecs.disposed());
            return message -> heard.add(message.toString(US_ASCII));
        });
        Queue<Runnable> switches = new ConcurrentLinkedQueue<>();
        Handlers switching = new Handlers(session -> message -> {
            if (later) {
                switches.add(() -> session.execute(() -> session.switchTo(frames, upgraded)));
            } else {
                session.switchTo(frames, upgraded);
            }
        });
        try (TestServer server = TestServer.start(subject(), codecs, switching)) {
            Peer peer = server.connect();
            peer.send(Dialogue.requests(1));
            peer.send(Frames.of("hello".getBytes(US_ASCII)));
            if (later) {
                server.until("it is asked", () -> !switches.isEmpty());
                server.turns(5);
                switches.element().run();
            }
            server.until("the new one is heard", () -> heard.size() == 1);
            assertThat(heard).containsExactly("hello");
            assertThat(disposedBefore)
                    .as("codecs disposed of when the new handler was made")
                    .containsExactly(1);
            assertThat(frames.disposed()).isZero();
            server.assertIdle();
        }
        codecs.assertOver();
        frames.assertOver();
    }

    @Example
    void aConnectionThatEndsWithinACallTellsItsCodecAfterIt() throws Exception {
        WatchedCodecs codecs = codecs();
        Queue<Integer> disposed = new ConcurrentLinkedQueue<>();
        Handlers aborting = new Handlers(session -> new Handler<>() {
            @Override
            public void onMessage(ByteBuf message) {
                session.abort();
                disposed.add(codecs.disposed());
            }

            @Override
            public void onClosed(CloseReason reason) {
                disposed.add(codecs.disposed());
            }
        });
        try (TestServer server = TestServer.start(subject(), codecs, aborting)) {
            Peer peer = server.connect();
            peer.send(Dialogue.requests(1));
            peer.readToEnd();
            server.untilClosed(1, Cause.ABORTED);
            server.assertIdle();
        }
        assertThat(disposed).as("codecs disposed of within the calls").containsExactly(0, 0);
        codecs.assertOver();
    }

    @Property(tries = 10)
    void aCodecThatThrowsEndsItsConnectionAndNoOther(@ForAll Fault fault) throws Exception {
        WatchedCodecs codecs = new WatchedCodecs(new Dialogue(fault, false));
        Desk desk = new Desk();
        try (TestServer server = start(codecs, desk)) {
            Peer idle = server.connect();
            server.until("it is open", () -> server.metrics().opened() == 1);
            Peer peer = server.connect();
            peer.send(Dialogue.requests(1));
            if (fault == Fault.NONE) {
                untilHeard(server, desk, 1);
                desk.sessions.forEach(Session::close);
                peer.close();
            } else {
                assertThat(peer.readToEnd()).isEmpty();
                peer.close();
                server.untilClosed(1, Cause.FAILED);
            }
            assertThat(idle.input()).isEqualTo(Peer.Input.OPEN);
            server.assertIdle();
        }
        codecs.assertOver();
    }

    @Example
    void aCodecKnowsItsPeer() throws Exception {
        Dialogue dialogue = new Dialogue(Fault.NONE, false);
        Desk desk = new Desk();
        try (TestServer server = TestServer.start(subject(), dialogue, desk.protocol())) {
            Peer peer = server.connect();
            peer.send(Dialogue.requests(1));
            untilHeard(server, desk, 1);
            assertThat(dialogue.peers())
                    .containsExactly(desk.sessions.element().connection().remoteAddress());
            desk.answer("a");
            server.assertIdle();
        }
    }
}
