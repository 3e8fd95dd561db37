package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fault.CloseReason;
import dev.weir.fault.CloseReason.Cause;
import dev.weir.fault.CloseReason.Phase;
import dev.weir.fault.Errno;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import dev.weir.testkit.TcpStates.State;
import dev.weir.transport.Endpoint;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import net.jqwik.api.Example;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.junit.jupiter.api.Tag;

/**
 * Endings on the real kernel: large replies, many short connections, the states that TCP goes through, and who resets whom. A test of
 * Linux's transports extends this and says how to get at the transport.
 */
@AddLifecycleHook(LeakCheck.class)
@Tag("kernel")
public abstract class KernelEndingsContract {
    private static final String RAW = "servers.test.codec = raw";
    private static final String PROPAGATE = "servers.test.lifecycle.close.half-close = propagate";
    private static final int MIB = 1 << 20;
    private static final int SMALL_WINDOW = 32 * 1024;
    /** Request bytes that the server has not read when it closes, and as many that come while it does. */
    private static final byte[] UNREAD = new byte[200_000];

    /** A new way to the transport under test, caller-driven. Called once for each run. */
    protected abstract TransportSubject subject();

    /** Another way to it, with threads. */
    protected abstract TransportSubject withThreads();

    @Example
    void everyByteOfOneMebibyteArrivesThoughRequestBytesLieUnread() throws Exception {
        everyByteArrives(1);
    }

    @Example
    void everyByteOfSixtyFourMebibytesArrivesThoughRequestBytesLieUnread() throws Exception {
        everyByteArrives(64);
    }

    private void everyByteArrives(int mebibytes) throws Exception {
        byte[] block = Bytes.random(mebibytes, MIB);
        Handlers closing = new Handlers(session -> message -> {
            session.pauseReading();
            for (int i = 0; i < mebibytes; i++) {
                session.send(Unpooled.wrappedBuffer(block));
            }
            session.close();
        });
        try (TestServer server =
                TestServer.start(subject(), closing, RAW, "servers.test.lifecycle.backpressure.hard = 128MiB")) {
            Peer peer = server.connect(SMALL_WINDOW);
            peer.send(new byte[1]);
            peer.send(UNREAD);
            int[] late = {0};
            for (int i = 0; i < mebibytes; i++) {
                late[0] += Math.max(0, peer.offer(UNREAD, late[0], UNREAD.length - late[0]));
                byte[] got = peer.read(MIB);
                assertThat(Arrays.equals(got, block))
                        .as("mebibyte %d is as it was sent; of it came %d bytes", i, got.length)
                        .isTrue();
            }
            assertThat(peer.readToEnd()).isEmpty();
            assertThat(peer.input()).isEqualTo(Peer.Input.END);
            peer.close();
            server.untilClosed(1, Cause.CLOSED);
            assertThat(server.metrics().bytesUnsent()).isZero();
        }
    }

    @Example
    void aCloseByForceLosesWhatTheSystemHadTaken() throws Exception {
        assertThat(bytesThatArriveWhenAllIsWithTheSystem("force", Peer.Input.RESET))
                .isLessThan(MIB);
    }

    @Example
    void aGracefulCloseLosesNothingOfIt() throws Exception {
        assertThat(bytesThatArriveWhenAllIsWithTheSystem("graceful", Peer.Input.END))
                .isEqualTo(MIB);
    }

    /** The close comes when Weir has nothing left to send, the peer has read nothing, and request bytes lie unread. */
    private int bytesThatArriveWhenAllIsWithTheSystem(String close, Peer.Input end) throws Exception {
        Queue<Session<ByteBuf>> asked = new ConcurrentLinkedQueue<>();
        Handlers answering = new Handlers(session -> message -> {
            session.pauseReading();
            session.send(Unpooled.buffer().writeZero(MIB));
            asked.add(session);
        });
        try (TestServer server =
                TestServer.start(subject(), answering, RAW, "servers.test.lifecycle.close = " + close)) {
            Peer peer = server.connect(SMALL_WINDOW);
            peer.send(new byte[1]);
            server.until("the system has taken the reply", () -> server.reading("weir.server.bytes.sent") == MIB);
            peer.send(UNREAD);
            asked.remove().close();
            server.until(
                    "the server has closed, or waits for the peer",
                    () -> server.reading("weir.server.bytes.received") > UNREAD.length
                            || server.weir().openConnections() == 0);
            int arrived = peer.readToEnd().length;
            assertThat(peer.input()).isEqualTo(end);
            peer.close();
            server.untilClosed(1, Cause.CLOSED);
            return arrived;
        }
    }

    @Example
    void tenThousandShortConnectionsGetEveryByte() throws Exception {
        byte[] reply = Bytes.random(24, 5_000);
        Handlers answering = new Handlers(session -> message -> {
            session.send(Unpooled.copiedBuffer(reply, 0, 2_500));
            session.send(Unpooled.copiedBuffer(reply, 2_500, 2_500));
        });
        try (TestServer server =
                TestServer.start(withThreads(), answering, RAW, "servers.test.lifecycle.connection-mode = short")) {
            for (int i = 0; i < 10_000; i++) {
                Peer peer = server.connect();
                peer.send(new byte[1]);
                assertThat(peer.readToEnd()).as("reply %d", i).isEqualTo(reply);
                assertThat(peer.input()).isEqualTo(Peer.Input.END);
                peer.close();
            }
            server.untilClosed(10_000, Cause.CLOSED);
            assertThat(server.reading("weir.server.bytes.sent")).isEqualTo(10_000L * reply.length);
            // Who ends first waits for what may still be under way: here the server, for a minute each (RFC 9293,
            // 3.3.2).
            assertThat(TcpStates.ofLocal(server.address(), State.TIME_WAIT)).isGreaterThan(1_000);
        }
    }

    @Example
    void whoClosesByResetLeavesNoTimeWait() throws Exception {
        Handlers closing = new Handlers(session -> message -> session.close());
        try (TestServer server = TestServer.start(subject(), closing, RAW, "servers.test.lifecycle.close = reset")) {
            for (int i = 0; i < 20; i++) {
                Peer peer = server.connect();
                peer.send(new byte[1]);
                assertThat(peer.readToEnd()).isEmpty();
                assertThat(peer.input()).isEqualTo(Peer.Input.RESET);
            }
            server.untilClosed(20, Cause.CLOSED);
            assertThat(TcpStates.ofLocal(server.address(), State.TIME_WAIT)).isZero();
        }
    }

    @Example
    void aHalfCloseIsCloseWaitHereAndFinWaitThere() throws Exception {
        Queue<Session<ByteBuf>> halfClosed = new ConcurrentLinkedQueue<>();
        try (TestServer server = TestServer.start(subject(), noting(halfClosed), RAW, PROPAGATE)) {
            Endpoint address = server.address();
            Peer peer = server.connect();
            peer.halfClose();
            server.until("the protocol hears of it", () -> halfClosed.size() == 1);
            assertThat(TcpStates.ofLocal(address, State.CLOSE_WAIT)).isOne();
            server.until("its end is acknowledged", () -> TcpStates.ofRemote(address, State.FIN_WAIT2) == 1);

            // The server's port may have been that of a peer of another test, for which somebody still waits.
            long before = TcpStates.ofRemote(address, State.TIME_WAIT);
            halfClosed.remove().close();
            assertThat(peer.readToEnd()).isEmpty();
            server.untilClosed(1, Cause.CLOSED);
            assertThat(TcpStates.ofLocal(address, State.CLOSE_WAIT)).isZero();
            server.until("who ended first waits", () -> TcpStates.ofRemote(address, State.TIME_WAIT) > before);
            assertThat(TcpStates.ofLocal(address, State.TIME_WAIT)).isZero();
        }
    }

    @Example
    void aPeerThatNeverClosesIsLeftToTheSystemWhenTheWaitForItIsOver() throws Exception {
        Handlers closing = new Handlers(session -> message -> session.close());
        try (TestServer server = TestServer.start(subject(), closing, RAW, "servers.test.lifecycle.close.fin = 10s")) {
            Peer peer = server.connect();
            peer.send(new byte[1]);
            assertThat(peer.readToEnd()).isEmpty();
            // While a process owns it, the kernel has no timer for it; Weir has.
            server.until("it is half-closed", () -> TcpStates.ofLocal(server.address(), State.FIN_WAIT2) == 1);
            server.elapse(Duration.ofMillis(9_900));
            assertThat(server.weir().openConnections()).isOne();
            server.elapse(Duration.ofMillis(200));
            assertThat(server.weir().openConnections()).isZero();
            assertThat(server.metrics().closed(Cause.CLOSED)).isOne();
        }
    }

    /** Notes who is half-closed; closes nothing. */
    private static Handlers noting(Queue<Session<ByteBuf>> halfClosed) {
        return new Handlers(session -> new Handler<>() {
            @Override
            public void onMessage(ByteBuf message) {}

            @Override
            public void onPeerHalfClosed() {
                halfClosed.add(session);
            }
        });
    }

    @Example
    void whoIsResetIsToldSoByBothEnds() throws Exception {
        Handlers aborting = new Handlers(session -> message -> session.abort());
        try (TestServer server = TestServer.start(subject(), aborting, RAW)) {
            Peer aborted = server.connect();
            aborted.send(new byte[1]);
            aborted.readToEnd();
            assertThat(aborted.input()).isEqualTo(Peer.Input.RESET);
            assertReason(server, Cause.ABORTED, Phase.OPEN, Optional.empty());

            Peer aborting2 = server.connect();
            server.until("it is open", () -> server.metrics().opened() == 2);
            aborting2.reset();
            server.untilClosed(1, Cause.PEER_RESET);
            assertReason(server, Cause.PEER_RESET, Phase.OPEN, Optional.of(Errno.ECONNRESET));
        }
    }

    @Example
    void whoWritesToAPeerThatReadsNoMoreIsReset() throws Exception {
        Queue<Session<ByteBuf>> halfClosed = new ConcurrentLinkedQueue<>();
        try (TestServer server = TestServer.start(subject(), noting(halfClosed), RAW, PROPAGATE)) {
            // Its end looks like that of a half-close; what comes after it is answered with a reset.
            server.connect().close();
            server.until("the protocol hears of the end", () -> halfClosed.size() == 1);
            Session<ByteBuf> session = halfClosed.remove();
            server.until("the connection is lost", () -> {
                session.send(Unpooled.buffer(1).writeZero(1));
                return server.weir().openConnections() == 0;
            });
            assertReason(server, Cause.PEER_GONE, Phase.HALF_CLOSED, Optional.of(Errno.EPIPE));
        }
    }

    @Example
    void whoConnectsToAServerThatIsGoneIsRefused() throws Exception {
        TransportSubject subject = subject();
        Endpoint address;
        try (TestServer server = TestServer.start(subject, Handlers.ECHO, RAW)) {
            address = server.address();
            server.connect().close();
        }
        try {
            subject.connect(address, 0).close();
        } catch (IOException refused) {
            assertThat(refused).hasMessageContaining("refused");
            return;
        }
        throw new AssertionError("somebody listens on " + address);
    }

    private static void assertReason(TestServer server, Cause cause, Phase phase, Optional<Errno> errno) {
        server.until("the ending is noted", () -> !server.weir().recentEndings().isEmpty());
        CloseReason reason = server.weir().recentEndings().getFirst().reason();
        assertThat(reason.cause()).as(reason.toString()).isEqualTo(cause);
        assertThat(reason.phase()).isEqualTo(phase);
        assertThat(reason.errno()).isEqualTo(errno);
        assertThat(server.metrics().closed(cause)).isOne();
    }
}
