package dev.weir.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.fault.Errno;
import dev.weir.testkit.End;
import dev.weir.testkit.Wire;
import dev.weir.transport.Endpoint;
import dev.weir.transport.Interest;
import dev.weir.transport.ListeningSocket;
import dev.weir.transport.Poller;
import dev.weir.transport.Readiness;
import dev.weir.transport.TransportException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is the selector poller's own, beyond the contract of all pollers. */
class NioPollerTest {
    private Wire wire;

    @BeforeEach
    void open() throws Exception {
        wire = new Wire(new NioTransport());
    }

    @AfterEach
    void close() {
        wire.close();
    }

    /** Connections whose server end reads and has a byte waiting. */
    private List<End> readyServers(int count) throws Exception {
        List<End> servers = new ArrayList<>();
        try (ListeningSocket listener = wire.listen(Wire.loopback())) {
            for (int i = 0; i < count; i++) {
                Wire.Pair pair = wire.connect(listener);
                pair.client().socket().interest(Interest.READ);
                pair.client().send((byte) 1);
                servers.add(pair.server());
            }
        }
        for (End server : servers) {
            server.socket().interest(Interest.READ);
        }
        return servers;
    }

    @Test
    void aPollReportsABoundedNumberAndTheNextOneTheRestWithoutWaiting() throws Exception {
        int more = 10;
        List<End> servers = readyServers(NioPoller.MOST_REPORTS + more);
        assertThat(wire.turn(Poller.FOREVER)).isEqualTo(NioPoller.MOST_REPORTS);
        for (End server : servers) {
            // Now nothing is ready any more: only what was found before is left to report.
            assertThat(server.receive(16)).isEqualTo(1);
        }
        assertThat(wire.turn(Poller.FOREVER)).isEqualTo(more);
        assertThat(servers)
                .allSatisfy(server -> assertThat(wire.reported(server.token())).isNotZero());
        assertThat(wire.turn(0)).isZero();
    }

    @Test
    void whatIsNotAskedForIsNotReported() throws Exception {
        End server = readyServers(1).getFirst();
        server.socket().interest(Interest.NONE);
        assertThat(wire.turn(1_000_000)).isZero();
        server.socket().interest(Interest.WRITE);
        assertThat(wire.turn(0)).isEqualTo(1);
        assertThat(wire.take(server.token())).isEqualTo(Readiness.WRITABLE);
    }

    @Test
    void aSocketThatIsClosedByAnothersReportIsNotReportedInTheSamePollEither() throws Exception {
        atTheFirstReport(other -> other.socket().close());
    }

    @Test
    void aSocketThatIsPausedByAnothersReportIsNotReportedInTheSamePollEither() throws Exception {
        atTheFirstReport(other -> {
            try {
                other.socket().interest(Interest.NONE);
            } catch (TransportException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** Does something to every other socket at the first report of one; the others are then not reported. */
    private void atTheFirstReport(Consumer<End> act) throws Exception {
        List<End> servers = readyServers(3);
        List<Long> told = new ArrayList<>();
        wire.onReport(new Wire.Silent() {
            @Override
            public void ready(long token, int readiness) {
                told.add(token);
                servers.stream().filter(end -> end.token() != token).forEach(act);
            }
        });
        wire.turn(0);
        assertThat(told).hasSize(1);
    }

    @Test
    void anEndIsNotReportedAgainHoweverTheInterestIsSet() throws Exception {
        Wire.Pair pair = wire.connect();
        pair.client().socket().shutdownOutput();
        pair.server().receiveToEnd();
        wire.take(pair.server().token());
        for (int interest : new int[] {Interest.READ, Interest.NONE, Interest.READ}) {
            pair.server().socket().interest(interest);
            wire.turns(3);
            assertThat(wire.reported(pair.server().token())).isZero();
        }
    }

    @Test
    void aWaitIsRoundedUpToWholeMilliseconds() {
        assertThat(NioPoller.millis(1)).isEqualTo(1);
        assertThat(NioPoller.millis(999_999)).isEqualTo(1);
        assertThat(NioPoller.millis(1_000_000)).isEqualTo(1);
        assertThat(NioPoller.millis(1_000_001)).isEqualTo(2);
        assertThat(NioPoller.millis(Long.MAX_VALUE - 1)).isEqualTo(9_223_372_036_855L);
    }

    @Test
    void anInterruptEndsNothing() throws Exception {
        End server = readyServers(1).getFirst();
        Thread.currentThread().interrupt();
        assertThat(wire.turn(0)).isEqualTo(1);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(server.receive(16)).isEqualTo(1);
    }

    @Test
    void whoDoesNotListenYetCannotBeRegistered() throws Exception {
        ListeningSocket bound = wire.bind(Wire.loopback(), Wire.plain());
        assertThatThrownBy(() -> wire.poller().register(bound, wire.newToken(), Interest.READ))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(bound.localAddress().toString());
    }

    @Test
    void anAddressOfNoKindThatIsKnownIsRefusedWithItsName() {
        assertRefused(new Endpoint.UnixAbstract("weir"), Errno.EAFNOSUPPORT, "unix:@weir");
        assertRefused(
                new Endpoint.Inet(InetSocketAddress.createUnresolved("nowhere.invalid", 1)),
                Errno.EADDRNOTAVAIL,
                "nowhere.invalid");
        assertRefused(new Endpoint.Unknown(), Errno.EINVAL, "unknown");
    }

    private void assertRefused(Endpoint address, Errno errno, String named) {
        assertThatThrownBy(() -> wire.bind(address, Wire.plain()))
                .isInstanceOfSatisfying(
                        TransportException.class, e -> assertThat(e.errno()).isEqualTo(errno))
                .hasMessageContaining(named);
        assertThatThrownBy(() -> wire.startConnect(address))
                .isInstanceOfSatisfying(
                        TransportException.class, e -> assertThat(e.errno()).isEqualTo(errno))
                .hasMessageContaining(named);
    }
}
