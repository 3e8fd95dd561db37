package dev.weir.transport.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.End;
import dev.weir.testkit.Wire;
import dev.weir.transport.Interest;
import dev.weir.transport.ListeningSocket;
import dev.weir.transport.Poller;
import dev.weir.transport.Readiness;
import dev.weir.transport.TransportException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the two triggers cost in system calls and events, and what they share. Counts calls and events, never time. */
class TriggerTest {
    private static final int MANY_TURNS = 200;

    private Wire wire;

    private void open(Trigger trigger) throws Exception {
        wire = new Wire(new EpollTransport(trigger));
    }

    @AfterEach
    void close() {
        wire.close();
    }

    private EpollPoller poller() {
        return (EpollPoller) wire.poller();
    }

    @Test
    void edgeNeverCallsEpollCtlForAConnectionAgain() throws Exception {
        open(Trigger.EDGE);
        Wire.Pair pair = wire.connect();
        pauseAndResume(pair, 10);
        pair.client().fill();
        pair.client().awaitRoom(() -> pair.server().receive(64 * 1024));
        assertThat(poller().modifications()).isZero();
    }

    @Test
    void levelCallsEpollCtlAtEachChangeAndOnlyThen() throws Exception {
        open(Trigger.LEVEL);
        Wire.Pair pair = wire.connect();
        long before = poller().modifications();
        pauseAndResume(pair, 10);
        assertThat(poller().modifications() - before).isEqualTo(20);
        pair.server().socket().interest(Interest.NONE);
        assertThat(poller().modifications() - before).isEqualTo(20);
    }

    /** Each time the bytes come during the pause. */
    private void pauseAndResume(Wire.Pair pair, int times) throws Exception {
        End server = pair.server();
        for (int i = 0; i < times; i++) {
            pair.client().send((byte) i);
            wire.turns(2);
            assertThat(wire.take(server.token())).isZero();
            server.socket().interest(Interest.READ);
            wire.untilReported(server.token(), Readiness.READABLE);
            server.receiveReported(16);
            server.socket().interest(Interest.NONE);
        }
        assertThat(server.received()).hasSize(times);
    }

    @Test
    void edgeReportsWhatItRemembersWithoutWaiting() throws Exception {
        open(Trigger.EDGE);
        Wire.Pair pair = wire.connect();
        pair.client().send((byte) 1);
        wire.turns(3);
        long events = poller().events();
        pair.server().socket().interest(Interest.READ);
        // Were it not remembered, this would wait for ever: epoll has told it already.
        assertThat(wire.turn(Poller.FOREVER)).isEqualTo(1);
        assertThat(poller().events()).isEqualTo(events);
        assertThat(wire.wasReported(pair.server().token(), Readiness.READABLE)).isTrue();
    }

    @Test
    void edgeForgetsWhatWasUsedUp() throws Exception {
        open(Trigger.EDGE);
        Wire.Pair pair = wire.connect();
        End server = pair.server();
        pair.client().send(new byte[10]);
        server.receiveUntil(10);
        pair.client().fill();
        wire.turns(3);
        wire.take(server.token());
        wire.take(pair.client().token());
        int left = 1;
        while (left > 0) {
            left = server.receive(64 * 1024);
        }
        wire.turns(3);
        wire.take(server.token());
        server.socket().interest(Interest.NONE);
        server.socket().interest(Interest.READ);
        wire.turns(3);
        assertThat(wire.reported(server.token())).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void roomIsNotReportedWhereThereIsNone(Trigger trigger) throws Exception {
        open(trigger);
        End client = wire.connect().client();
        client.fill();
        wire.turns(3);
        wire.take(client.token());
        client.socket().interest(Interest.WRITE);
        wire.turns(3);
        assertThat(wire.reported(client.token())).isZero();
    }

    @Test
    void edgeTellsOfAnEndThatCameDuringAPause() throws Exception {
        open(Trigger.EDGE);
        Wire.Pair pair = wire.connect();
        pair.client().send((byte) 1);
        pair.client().socket().shutdownOutput();
        wire.turns(3);
        assertThat(wire.reported(pair.server().token())).isZero();
        pair.server().socket().interest(Interest.READ);
        wire.untilReported(pair.server().token(), Readiness.READABLE | Readiness.PEER_ENDED);
        // A short read, and a pause before the end was read: it is told again.
        assertThat(pair.server().receive(16)).isEqualTo(1);
        wire.take(pair.server().token());
        pair.server().socket().interest(Interest.NONE);
        wire.turns(2);
        pair.server().receiveToEnd();
    }

    @ParameterizedTest
    @EnumSource
    void aPausedConnectionThatIsResetIsToldOnceAndNeverSpins(Trigger trigger) throws Exception {
        open(trigger);
        Wire.Pair pair = wire.connect();
        pair.client().socket().abort();
        wire.untilReported(pair.server().token(), Readiness.FAILED);
        wire.take(pair.server().token());
        long events = poller().events();
        wire.turns(MANY_TURNS);
        assertThat(wire.reported(pair.server().token())).isZero();
        assertThat(poller().events() - events).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatEndedBothWaysAndIsPausedNeverSpins(Trigger trigger) throws Exception {
        open(trigger);
        Wire.Pair pair = wire.connect();
        pair.client().send((byte) 1);
        pair.client().socket().shutdownOutput();
        pair.server().socket().shutdownOutput();
        wire.turns(5);
        long events = poller().events();
        wire.turns(MANY_TURNS);
        assertThat(poller().events() - events).isZero();
        pair.server().receiveToEnd();
        assertThat(pair.server().received()).containsExactly(1);
        wire.turns(2);
        events = poller().events();
        wire.turns(MANY_TURNS);
        assertThat(poller().events() - events).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aWakeWhileThePollerIsAwakeWritesNothing(Trigger trigger) throws Exception {
        open(trigger);
        wire.poller().wake();
        assertThat(wire.turn(Poller.FOREVER)).isZero();
        assertThat(poller().wakeUp().writes()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aSocketThatWasClosedInTheSameBatchIsNotReportedNorIsWhoGotItsSlot(Trigger trigger) throws Exception {
        open(trigger);
        List<Wire.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Wire.Pair pair = wire.connect();
            pair.server().socket().interest(Interest.READ);
            pairs.add(pair);
        }
        wire.turns(3);
        pairs.forEach(pair -> wire.take(pair.server().token()));
        ListeningSocket listener = wire.listen(Wire.loopback());
        for (int i = 0; i < pairs.size(); i++) {
            wire.finishConnect(wire.startConnect(listener.localAddress()));
        }
        wire.turns(2);
        for (Wire.Pair pair : pairs) {
            pair.client().send((byte) 1);
        }
        Set<Long> told = new HashSet<>();
        List<End> newcomers = new ArrayList<>();
        wire.onReport(new Wire.Silent() {
            @Override
            public void ready(long token, int readiness) {
                told.add(token);
                if (newcomers.isEmpty()) {
                    pairs.forEach(pair -> pair.server().socket().close());
                    newcomers.addAll(acceptAndRead(listener, pairs.size()));
                }
            }
        });
        wire.turn(0);
        assertThat(told).hasSize(1);
        assertThat(newcomers)
                .allSatisfy(end -> assertThat(wire.reported(end.token())).isZero());
    }

    /** They get the descriptors and the slots of those that were closed just now. */
    private List<End> acceptAndRead(ListeningSocket listener, int count) {
        try {
            List<End> ends = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                End end = wire.register(listener.accept());
                end.socket().interest(Interest.READ | Interest.WRITE);
                ends.add(end);
            }
            return ends;
        } catch (TransportException e) {
            throw new AssertionError(e);
        }
    }
}
