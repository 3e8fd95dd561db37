package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fault.CloseReason.Cause;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * What becomes of connections whose peer has ended its half while a protocol holds them. A transport's test extends this and says how to
 * get at the transport, whose time the law moves.
 */
@AddLifecycleHook(LeakCheck.class)
public abstract class HalfCloseContract {
    private static final String RAW = "servers.test.codec = raw";
    private static final String HALF_CLOSE = "servers.test.lifecycle.close.half-close = ";
    private static final String GAUGE = "weir.server.connections.half-closed";

    /** A new way to the transport under test, caller-driven. Called once for each run of a law. */
    protected abstract TransportSubject subject();

    /** The settings under which a protocol can keep a half-closed connection. */
    enum Keeping {
        PROPAGATE("propagate"),
        ANSWER_THEN_CLOSE("answer-then-close");

        private final String name;

        Keeping(String name) {
            this.name = name;
        }
    }

    /** Holds each connection, and sends so many bytes when the peer has ended its half; never closes. */
    private static Handlers forgetful(int bytesAfter, Queue<Session<ByteBuf>> halfClosed) {
        return new Handlers(session -> new Handler<>() {
            @Override
            public void onOpened() {
                session.hold();
            }

            @Override
            public void onMessage(ByteBuf message) {}

            @Override
            public void onPeerHalfClosed() {
                session.send(Unpooled.buffer().writeZero(bytesAfter));
                halfClosed.add(session);
            }
        });
    }

    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void whoIsHalfClosedIsCountedUntilItCloses(
            @ForAll Keeping setting,
            @ForAll @IntRange(min = 1, max = 5) int connections,
            @ForAll @IntRange(max = 5) int others)
            throws Exception {
        Queue<Session<ByteBuf>> halfClosed = new ConcurrentLinkedQueue<>();
        try (TestServer server =
                TestServer.start(subject(), forgetful(0, halfClosed), RAW, HALF_CLOSE + setting.name)) {
            for (int i = 0; i < others; i++) {
                server.connect();
            }
            List<Peer> peers = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                peers.add(server.connect());
                peers.get(i).halfClose();
            }
            server.until("all are half-closed", () -> server.reading(GAUGE) == connections);
            for (int left = connections - 1; left >= 0; left--) {
                int expected = left;
                halfClosed.remove().close();
                server.until("one less is half-closed", () -> server.reading(GAUGE) == expected);
            }
            peers.forEach(Peer::readToEnd);
            server.untilClosed(connections, Cause.CLOSED);
        }
    }

    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void whoStaysHalfClosedEndsAtTheDeadlineWithWhatIsOwedAndNotBefore(
            @ForAll Keeping setting,
            @ForAll @IntRange(max = 100_000) int owed,
            @ForAll @IntRange(max = 30_000) int openMillis,
            @ForAll @IntRange(min = 100, max = 100_000) int limitMillis)
            throws Exception {
        Queue<Session<ByteBuf>> halfClosed = new ConcurrentLinkedQueue<>();
        try (TestServer server = TestServer.start(
                subject(),
                forgetful(owed, halfClosed),
                RAW,
                HALF_CLOSE + setting.name,
                "servers.test.lifecycle.heartbeat = off",
                "servers.test.lifecycle.deadlines { first-byte = off, half-closed = " + limitMillis + "ms }")) {
            Peer peer = server.connect();
            server.until("it is open", () -> server.metrics().opened() == 1);
            // While it is open both ways, the time does not count.
            server.elapse(Duration.ofMillis(openMillis));
            peer.halfClose();
            server.until("it is half-closed", () -> server.reading(GAUGE) == 1);
            server.elapse(Duration.ofMillis(limitMillis - 50L));
            assertThat(server.metrics().closed(Cause.DEADLINE)).isZero();
            assertThat(server.reading(GAUGE)).isOne();
            server.elapse(Duration.ofMillis(52));
            assertThat(peer.readToEnd()).hasSize(owed);
            assertThat(peer.input()).isEqualTo(Peer.Input.END);
            server.untilClosed(1, Cause.DEADLINE);
            server.assertIdle();
        }
    }
}
