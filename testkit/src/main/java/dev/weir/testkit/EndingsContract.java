package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connection.EndedConnection;
import dev.weir.fault.CloseReason;
import dev.weir.fault.CloseReason.Cause;
import dev.weir.protocol.Handler;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * What is told of connections that are over: to the handler, the counters and who looks at the last endings, alike. A transport's test
 * extends this and says how to get at the transport.
 */
@AddLifecycleHook(LeakCheck.class)
public abstract class EndingsContract {
    private static final List<How> HOWS = List.of(How.values());

    /** A new way to the transport under test. Called once for each run of a law. */
    protected abstract TransportSubject subject();

    /** How a connection ends. */
    enum How {
        PEER_CLOSES(Cause.PEER_CLOSED),
        PROTOCOL_CLOSES(Cause.CLOSED),
        PROTOCOL_ABORTS(Cause.ABORTED),
        PROTOCOL_THROWS(Cause.FAILED);

        private final Cause cause;

        How(Cause cause) {
            this.cause = cause;
        }
    }

    /** Ends as the first byte of a message says; the second is the client's name. */
    private static Handlers ending(Map<Long, CloseReason> told) {
        return new Handlers(session -> new Handler<>() {
            @Override
            public void onMessage(ByteBuf message) {
                int at = message.readerIndex();
                How how = HOWS.get(message.getByte(at));
                session.identify("client " + message.getByte(at + 1));
                session.phase("working");
                switch (how) {
                    case PEER_CLOSES -> session.send(message);
                    case PROTOCOL_CLOSES -> session.close();
                    case PROTOCOL_ABORTS -> session.abort();
                    case PROTOCOL_THROWS -> throw new Life.Told();
                }
            }

            @Override
            public void onClosed(CloseReason reason) {
                told.put(session.connection().id(), reason);
            }
        });
    }

    @Property(tries = 30, shrinking = ShrinkingMode.OFF)
    void theLastEndingsAreKeptAsTheirHandlersHeardOfThem(@ForAll @IntRange(max = 5) int kept, @ForAll List<How> all)
            throws Exception {
        List<How> endings = all.subList(0, Math.min(12, all.size()));
        Map<Long, CloseReason> told = new ConcurrentHashMap<>();
        List<String> clients = new ArrayList<>();
        try (TestServer server = TestServer.start(subject(), ending(told), "process.endings-kept = " + kept)) {
            for (How how : endings) {
                byte[] order = Frames.of(new byte[] {(byte) HOWS.indexOf(how), (byte) clients.size()});
                Peer peer = server.connect();
                peer.send(order);
                if (how == How.PEER_CLOSES) {
                    Bytes.assertSame(peer.read(order.length), order);
                } else {
                    peer.readToEnd();
                }
                peer.close();
                clients.addFirst("client " + clients.size());
                server.until("the handler has heard of it", () -> told.size() == clients.size());
            }
            List<EndedConnection> recent = server.weir().recentEndings();
            int most = Math.min(kept, endings.size());
            assertThat(recent).extracting(EndedConnection::identity).isEqualTo(clients.subList(0, most));
            for (int i = 0; i < most; i++) {
                EndedConnection ended = recent.get(i);
                How how = endings.get(endings.size() - 1 - i);
                assertThat(ended.reason().cause()).isEqualTo(how.cause);
                assertThat(ended.reason()).isEqualTo(told.get(ended.id()));
                assertThat(ended.protocolPhase()).isEqualTo("working");
                assertThat(ended.server()).isEqualTo("test");
                assertThat(ended.bytesReceived()).isEqualTo(6);
                assertThat(ended.bytesSent()).isEqualTo(how == How.PEER_CLOSES ? 6 : 0);
            }
            for (Cause cause : Cause.values()) {
                assertThat(server.metrics().closed(cause))
                        .as(cause.name())
                        .isEqualTo(endings.stream()
                                .filter(how -> how.cause == cause)
                                .count());
            }
        }
    }

    @Property(tries = 10, shrinking = ShrinkingMode.OFF)
    void whoIsOpenWhenWeirIsStoppedIsToldSo(@ForAll @IntRange(min = 1, max = 5) int connections) throws Exception {
        Map<Long, CloseReason> told = new ConcurrentHashMap<>();
        try (TestServer server = TestServer.start(subject(), ending(told))) {
            for (int i = 0; i < connections; i++) {
                server.connect();
            }
            server.until("all are open", () -> server.metrics().opened() == connections);
            server.weir().stopNow();
            server.weir().awaitEnd();
            assertThat(told.values()).hasSize(connections).allMatch(reason -> reason.cause() == Cause.STOPPED);
            assertThat(server.weir().recentEndings())
                    .extracting(EndedConnection::reason)
                    .containsExactlyInAnyOrderElementsOf(told.values());
        }
    }
}
