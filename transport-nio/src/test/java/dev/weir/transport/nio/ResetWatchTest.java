package dev.weir.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.End;
import dev.weir.testkit.Wire;
import dev.weir.transport.Endpoint;
import dev.weir.transport.Interest;
import dev.weir.transport.ListeningSocket;
import dev.weir.transport.Poller;
import dev.weir.transport.Readiness;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How paused connections are looked at: how often, at whose cost, and what is found. Counts selects, never time. */
class ResetWatchTest {
    private static final int TURNS_PER_PERIOD = (int) (ResetWatch.PERIOD_NANOS / Wire.NANOS_PER_TURN);

    private Wire wire;

    @BeforeEach
    void open() throws Exception {
        wire = new Wire(new NioTransport());
    }

    @AfterEach
    void close() {
        wire.close();
    }

    private long selects() {
        return ((NioPoller) wire.poller()).selects();
    }

    private List<Wire.Pair> pairs(int count) throws Exception {
        List<Wire.Pair> pairs = new ArrayList<>();
        try (ListeningSocket listener = wire.listen(Wire.loopback())) {
            for (int i = 0; i < count; i++) {
                pairs.add(wire.connect(listener));
            }
        }
        return pairs;
    }

    @Test
    void aPausedConnectionCostsOneSelectMoreInAPeriod() throws Exception {
        wire.connect().client().send((byte) 1);
        long before = selects();
        wire.turns(10 * TURNS_PER_PERIOD);
        assertThat(selects() - before - 10 * TURNS_PER_PERIOD).isBetween(9L, 11L);
    }

    @Test
    void whatIsNotPausedCostsNoSelectMore() throws Exception {
        Wire.Pair reading = wire.connect();
        reading.client().socket().interest(Interest.READ);
        reading.server().socket().interest(Interest.READ);
        Wire.Pair closed = wire.connect();
        closed.client().socket().close();
        closed.server().socket().close();
        Wire.Pair ended = wire.connect();
        ended.client().socket().shutdownOutput();
        ended.server().socket().shutdownOutput();
        long before = selects();
        wire.turns(2 * TURNS_PER_PERIOD);
        assertThat(selects() - before).isEqualTo(2 * TURNS_PER_PERIOD);
    }

    @Test
    void aPausedConnectionWithUnreadBytesIsNotReportedAtAll() throws Exception {
        Wire.Pair pair = wire.connect();
        pair.client().send((byte) 1);
        pair.client().socket().shutdownOutput();
        wire.turns(3 * TURNS_PER_PERIOD);
        assertThat(wire.reported(pair.server().token())).isZero();
        assertThat(wire.turn(1_000_000)).isZero();
    }

    @Test
    void aConnectionIsArmedForTheOneSelectOnly() throws Exception {
        try (Selector selector = Selector.open();
                SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            long[] now = {0};
            int[] armedInTheSelect = {-1};
            SelectionKey key = channel.register(selector, 0);
            ResetWatch watch = new ResetWatch(() -> now[0], () -> {
                armedInTheSelect[0] = key.interestOps();
                return 0;
            });
            Registration registration = new Registration(1, watch);
            registration.key(key);
            registration.arm(0, true);
            now[0] = ResetWatch.PERIOD_NANOS;
            watch.lookIfDue();
            assertThat(armedInTheSelect[0]).isEqualTo(SelectionKey.OP_CONNECT);
            assertThat(key.interestOps()).isZero();
        }
    }

    @Test
    void aPollWithoutLimitComesBackToLook() throws Exception {
        Wire.Pair pair = wire.connect();
        wire.turns(3 * TURNS_PER_PERIOD - 1);
        pair.client().socket().abort();
        int polls = 0;
        while (wire.reported(pair.server().token()) == 0) {
            assertThat(polls++).isLessThanOrEqualTo(TURNS_PER_PERIOD);
            wire.turn(Poller.FOREVER);
        }
    }

    @Test
    void resetsAreFoundAmongMoreConnectionsThanOneTurnLooksAt() throws Exception {
        List<Wire.Pair> pairs = pairs(3 * ResetWatch.BATCH / 2);
        List<End> reset = new ArrayList<>();
        for (int i : new int[] {0, ResetWatch.BATCH, pairs.size() - 1}) {
            pairs.get(i).client().socket().abort();
            reset.add(pairs.get(i).server());
        }
        for (int turn = 0; turn < 2 * TURNS_PER_PERIOD; turn++) {
            long before = selects();
            wire.turn(0);
            assertThat(selects() - before).isLessThanOrEqualTo(2);
        }
        List<End> reported = pairs.stream()
                .map(Wire.Pair::server)
                .filter(end -> wire.wasReported(end.token(), Readiness.FAILED))
                .toList();
        assertThat(reported).containsExactlyInAnyOrderElementsOf(reset);
    }

    @Test
    void aResetIsFoundWhileMoreSocketsAreReadyThanOneSelectGives() throws Exception {
        for (Wire.Pair ready : pairs(1500)) {
            ready.client().socket().interest(Interest.READ);
            ready.server().socket().interest(Interest.READ);
            ready.client().send((byte) 1);
        }
        Wire.Pair paused = wire.connect();
        paused.client().socket().abort();
        wire.turns(3 * TURNS_PER_PERIOD);
        assertThat(wire.reported(paused.server().token())).isEqualTo(Readiness.FAILED);
    }

    @Test
    void whoResumesReadingIsNoLongerWatched() throws Exception {
        Wire.Pair pair = wire.connect();
        pair.client().socket().interest(Interest.READ);
        wire.turns(TURNS_PER_PERIOD / 2);
        pair.server().socket().interest(Interest.READ);
        long before = selects();
        wire.turns(2 * TURNS_PER_PERIOD);
        assertThat(selects() - before).isEqualTo(2 * TURNS_PER_PERIOD);
        pair.client().send((byte) 1);
        pair.server().receiveUntil(1);
        assertThat(pair.server().received()).containsExactly(1);
    }

    @Test
    void theEndOfAPausedUnixPeerIsNoFailure(@TempDir Path folder) throws Exception {
        Wire.Pair pair = wire.connect(wire.listen(new Endpoint.Unix(folder.resolve("s"))));
        pair.client().send((byte) 1);
        pair.client().socket().close();
        wire.turns(3 * TURNS_PER_PERIOD);
        assertThat(wire.reported(pair.server().token())).isZero();
        pair.server().receiveToEnd();
        assertThat(pair.server().received()).containsExactly(1);
    }
}
