package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.weir.fault.Errno;
import dev.weir.transport.Interest;
import dev.weir.transport.ListeningSocket;
import dev.weir.transport.Poller;
import dev.weir.transport.Readiness;
import dev.weir.transport.StreamSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What every transport's poller must do: readiness, wake-ups, closing while events are reported, descriptors. */
public abstract class PollerContract extends TransportContract {

    /** For subclasses, which supply {@link #transport()}. */
    protected PollerContract() {}

    @Test
    void whoWaitsToBeAcceptedIsReported() throws Exception {
        ListeningSocket listener = wire.listen(Wire.loopback());
        long token = wire.newToken();
        wire.poller().register(listener, token, Interest.READ);
        wire.turns(3);
        assertThat(wire.reported(token)).isZero();
        End client = wire.startConnect(listener.localAddress());
        wire.untilReported(token, Readiness.READABLE);
        assertThat(listener.accept()).isNotNull().satisfies(socket -> socket.close());
        wire.finishConnect(client);
    }

    @Test
    void whoStillWaitsIsReportedAgain() throws Exception {
        ListeningSocket listener = wire.listen(Wire.loopback());
        long token = wire.newToken();
        wire.poller().register(listener, token, Interest.READ);
        wire.finishConnect(wire.startConnect(listener.localAddress()));
        wire.finishConnect(wire.startConnect(listener.localAddress()));
        wire.untilReported(token, Readiness.READABLE);
        assertThat(listener.accept()).isNotNull().satisfies(socket -> socket.close());
        wire.take(token);
        wire.untilReported(token, Readiness.READABLE);
        assertThat(listener.accept()).isNotNull().satisfies(socket -> socket.close());
    }

    @Test
    void aPausedListenerAcceptsLater() throws Exception {
        ListeningSocket listener = wire.listen(Wire.loopback());
        long token = wire.newToken();
        wire.poller().register(listener, token, Interest.NONE);
        wire.finishConnect(wire.startConnect(listener.localAddress()));
        wire.turns(3);
        listener.interest(Interest.READ);
        wire.untilReported(token, Readiness.READABLE);
        assertThat(listener.accept()).isNotNull().satisfies(socket -> socket.close());
    }

    @Test
    void bytesAreReportedOnlyWhenTheyAreThere() throws Exception {
        Wire.Pair pair = wire.connect();
        pair.server().socket().interest(Interest.READ);
        wire.turns(3);
        assertThat(wire.reported(pair.server().token()) & Readiness.READABLE).isZero();
        pair.client().send((byte) 1);
        wire.untilReported(pair.server().token(), Readiness.READABLE);
    }

    @Test
    void roomIsReportedWhenItIsAskedFor() throws Exception {
        Wire.Pair pair = wire.connect();
        pair.server().socket().interest(Interest.WRITE);
        wire.untilReported(pair.server().token(), Readiness.WRITABLE);
    }

    @Test
    void bytesThatCameDuringAPauseAreReportedAfterIt() throws Exception {
        Wire.Pair pair = wire.connect();
        pair.server().socket().interest(Interest.READ);
        wire.turns(1);
        pair.server().socket().interest(Interest.NONE);
        pair.client().send((byte) 1);
        wire.turns(3);
        pair.server().socket().interest(Interest.READ);
        wire.untilReported(pair.server().token(), Readiness.READABLE);
        assertThat(pair.server().receive(16)).isEqualTo(1);
    }

    @Test
    void allOfManyReadySocketsAreReported() throws Exception {
        List<Wire.Pair> pairs = new ArrayList<>();
        try (ListeningSocket listener = wire.listen(Wire.loopback())) {
            for (int i = 0; i < 600; i++) {
                pairs.add(wire.connect(listener));
            }
        }
        for (Wire.Pair pair : pairs) {
            pair.server().socket().interest(Interest.READ);
            pair.client().send((byte) 1);
        }
        wire.until(
                "each of them is reported",
                () -> pairs.stream()
                        .allMatch(pair -> wire.wasReported(pair.server().token(), Readiness.READABLE)));
    }

    @Test
    void aWakeFromAnotherThreadEndsAWait() throws Exception {
        CountDownLatch aboutToWait = new CountDownLatch(1);
        AtomicBoolean woken = new AtomicBoolean();
        Thread waker = Thread.ofPlatform().start(() -> {
            try {
                aboutToWait.await();
            } catch (InterruptedException e) {
                return;
            }
            woken.set(true);
            wire.poller().wake();
        });
        aboutToWait.countDown();
        while (!woken.get()) {
            wire.turn(Poller.FOREVER);
        }
        waker.join();
    }

    @Test
    void aWakeBeforeAPollKeepsItFromWaiting() throws Exception {
        wire.poller().wake();
        wire.poller().wake();
        assertThat(wire.turn(Poller.FOREVER)).isZero();
    }

    @Test
    void aWakeIsNotLostToWhatComesBeforeThePoll() throws Exception {
        ListeningSocket listener = wire.listen(Wire.loopback());
        wire.poller().register(listener, wire.newToken(), Interest.READ);
        wire.turns(3);
        wire.poller().wake();
        // Nothing else would end the wait.
        listener.close();
        assertThat(wire.turn(Poller.FOREVER)).isZero();
    }

    @Test
    void aPollThatMayWaitEndsWithTheFirstReport() throws Exception {
        Wire.Pair pair = wire.connect();
        pair.server().socket().interest(Interest.READ);
        pair.client().send((byte) 1);
        while (wire.reported(pair.server().token()) == 0) {
            wire.turn(Poller.FOREVER);
        }
    }

    @Test
    void aClosedSocketIsNotReported() throws Exception {
        Wire.Pair pair = wire.connect();
        pair.server().socket().interest(Interest.READ);
        pair.client().send((byte) 1);
        wire.untilReported(pair.server().token(), Readiness.READABLE);
        pair.server().socket().close();
        wire.take(pair.server().token());
        pair.client().socket().interest(Interest.READ);
        wire.turns(5);
        assertThat(wire.reported(pair.server().token())).isZero();
    }

    @Test
    void socketsMayBeClosedWhileEventsAreReported() throws Exception {
        List<End> servers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Wire.Pair pair = wire.connect();
            pair.server().socket().interest(Interest.READ | Interest.WRITE);
            pair.client().send((byte) 1);
            servers.add(pair.server());
        }
        boolean[] closed = {false};
        wire.onReport(new Wire.Silent() {
            @Override
            public void ready(long token, int readiness) {
                servers.forEach(server -> server.socket().close());
                closed[0] = true;
            }
        });
        wire.until("one of them is reported", () -> closed[0]);
        servers.forEach(server -> wire.take(server.token()));
        wire.turns(5);
        assertThat(servers)
                .allSatisfy(server -> assertThat(wire.reported(server.token())).isZero());
    }

    @Test
    void whatAReportLeadsToMayRegisterAndConnect() throws Exception {
        ListeningSocket listener = wire.listen(Wire.loopback());
        long token = wire.newToken();
        wire.poller().register(listener, token, Interest.READ);
        List<End> made = new ArrayList<>();
        wire.onReport(new Wire.Silent() {
            @Override
            public void ready(long who, int readiness) {
                if (who == token && made.size() < 2) {
                    assertThatCode(() -> {
                                made.add(wire.register(listener.accept()));
                                made.add(wire.startConnect(listener.localAddress()));
                            })
                            .doesNotThrowAnyException();
                }
            }
        });
        wire.finishConnect(wire.startConnect(listener.localAddress()));
        wire.until("both were made", () -> made.size() == 2);
        wire.onReport(new Wire.Silent());
        wire.finishConnect(made.get(1));
        wire.accept(listener);
    }

    @Test
    void aSocketThatOnePollerAcceptedServesOnAnother() throws Exception {
        ListeningSocket listener = wire.listen(Wire.loopback());
        End client = wire.startConnect(listener.localAddress());
        wire.finishConnect(client);
        try (Wire other = new Wire(transport())) {
            End server = other.register(listener.accept());
            client.send((byte) 1);
            server.receiveUntil(1);
            assertThat(server.received()).containsExactly(1);
            server.socket().close();
            other.turns(1);
            client.receiveToEnd();
        }
    }

    @Test
    void theNextPollGivesAClosedSocketsDescriptorBack() throws Exception {
        Wire.Pair pair = wire.connect();
        pair.server().socket().interest(Interest.READ);
        wire.turns(2);
        long before = openDescriptors();
        pair.server().socket().close();
        pair.client().socket().abort();
        wire.turn(0);
        assertThat(openDescriptors()).isEqualTo(before == 0 ? 0 : before - 2);
    }

    @Test
    void anUnregisteredSocketsDescriptorIsGivenBackAtOnce() throws Exception {
        ListeningSocket listener = wire.listen(Wire.loopback());
        End client = wire.startConnect(listener.localAddress());
        wire.finishConnect(client);
        long before = openDescriptors();
        StreamSocket accepted = listener.accept();
        assertThat(accepted).isNotNull();
        accepted.close();
        assertThat(openDescriptors()).isEqualTo(before);
    }

    @Test
    void aClosedPollerKeepsNothingOfSocketsThatWereClosedAfterTheLastPoll() throws Exception {
        Wire.Pair pair = wire.connect();
        pair.server().socket().interest(Interest.READ);
        wire.turns(2);
        pair.server().socket().close();
        pair.client().socket().abort();
        // The poller is closed, without another poll, and the descriptors are counted after the test.
    }

    @Test
    void closingTwiceIsClosingOnce() throws Exception {
        Wire.Pair pair = wire.connect();
        pair.server().socket().close();
        pair.server().socket().close();
        pair.server().socket().abort();
        wire.turns(1);
        assertThat(Wire.errnoOf(() -> pair.server().socket().interest(Interest.READ)))
                .isEqualTo(Errno.EBADF);
        pair.client().receiveToEnd();
        assertThat(pair.client().ends()).isEqualTo(1);
    }

    @Test
    void aResetIsFoundWhileNothingIsAskedFor() throws Exception {
        Wire.Pair pair = wire.connect();
        pair.server().socket().interest(Interest.READ);
        wire.turns(1);
        pair.server().socket().interest(Interest.NONE);
        pair.client().socket().abort();
        wire.untilReported(pair.server().token(), Readiness.FAILED);
        assertThat(Wire.errnoOf(() -> pair.server().receive(16))).isEqualTo(Errno.ECONNRESET);
    }

    @Test
    void aResetAfterThePeersEndIsFoundWhileNothingIsAskedFor() throws Exception {
        Wire.Pair pair = wire.connect();
        pair.client().socket().shutdownOutput();
        pair.server().receiveToEnd();
        pair.server().socket().interest(Interest.NONE);
        wire.take(pair.server().token());
        pair.client().socket().abort();
        wire.untilReported(pair.server().token(), Readiness.FAILED);
    }

    @Test
    void aHealthyConnectionIsNotReportedFailedWhileNothingIsAskedFor() throws Exception {
        Wire.Pair idle = wire.connect();
        Wire.Pair unread = wire.connect();
        unread.client().send((byte) 1);
        Wire.Pair unreadAndEnded = wire.connect();
        unreadAndEnded.client().send((byte) 1);
        unreadAndEnded.client().socket().shutdownOutput();
        Wire.Pair endedBothWays = wire.connect();
        endedBothWays.server().socket().shutdownOutput();
        endedBothWays.client().send((byte) 1);
        endedBothWays.client().socket().shutdownOutput();
        wire.turns((int) (5_000_000_000L / Wire.NANOS_PER_TURN));
        for (Wire.Pair pair : List.of(idle, unread, unreadAndEnded, endedBothWays)) {
            assertThat(wire.reported(pair.server().token()) & Readiness.FAILED).isZero();
        }
        endedBothWays.server().receiveToEnd();
        assertThat(endedBothWays.server().received()).containsExactly(1);
    }
}
