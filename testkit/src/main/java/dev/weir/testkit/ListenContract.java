package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.fault.Errno;
import dev.weir.transport.Endpoint;
import dev.weir.transport.Interest;
import dev.weir.transport.ListenOptions;
import dev.weir.transport.ListeningSocket;
import dev.weir.transport.SocketOption;
import dev.weir.transport.StreamSocket;
import dev.weir.transport.TransportException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every transport must do to bind, listen, accept, connect and set options. */
public abstract class ListenContract extends TransportContract {

    /** For subclasses, which supply {@link #transport()}. */
    protected ListenContract() {}

    @Test
    void acceptGivesNothingWhenNobodyWaits() throws Exception {
        assertThat(wire.listen(Wire.loopback()).accept()).isNull();
    }

    @Test
    void aBoundAddressIsKnownAndRefusesClientsUntilItListens() throws Exception {
        ListeningSocket bound = wire.bind(Wire.loopback(), Wire.plain());
        Endpoint address = bound.localAddress();
        assertThat(((Endpoint.Inet) address).address().getPort()).isPositive();
        assertThat(outcomeOfConnect(address)).isEqualTo(Errno.ECONNREFUSED);
        bound.listen();
        assertThat(bound.localAddress()).isEqualTo(address);
        Wire.Pair pair = wire.connect(bound);
        assertThat(pair.client().socket().remoteAddress()).isEqualTo(address);
        assertThat(pair.server().socket().localAddress()).isEqualTo(address);
        assertThat(pair.server().socket().remoteAddress())
                .isEqualTo(pair.client().socket().localAddress());
    }

    @Test
    void aConnectionKnowsWhichOfTheHostsAddressesItsPeerDialled() throws Exception {
        ListeningSocket listener = wire.listen(address("0.0.0.0", 0));
        int port = ((Endpoint.Inet) listener.localAddress()).address().getPort();
        for (Endpoint dialled : List.of(address("127.0.0.1", port), address("127.0.0.2", port))) {
            wire.finishConnect(wire.startConnect(dialled));
            assertThat(wire.accept(listener).socket().localAddress()).isEqualTo(dialled);
        }
    }

    @Test
    void theWildcardOfOneFamilyServesThatFamily() throws Exception {
        ListeningSocket listener = wire.listen(address("0.0.0.0", 0));
        int port = ((Endpoint.Inet) listener.localAddress()).address().getPort();
        assertThat(listener.localAddress()).isEqualTo(address("0.0.0.0", port));
        End client = wire.startConnect(address("127.0.0.1", port));
        wire.finishConnect(client);
        assertThat(wire.accept(listener).socket().localAddress()).isEqualTo(address("127.0.0.1", port));
        assertThat(outcomeOfConnect(address("::1", port)))
                .isIn(Errno.ECONNREFUSED, Errno.EADDRNOTAVAIL, Errno.EOPNOTSUPP, Errno.EAFNOSUPPORT);
    }

    @Test
    void theWildcardOfIpv6ServesBothFamilies() throws Exception {
        ListeningSocket listener = wire.listen(address("::", 0));
        int port = ((Endpoint.Inet) listener.localAddress()).address().getPort();
        End client = wire.startConnect(address("127.0.0.1", port));
        wire.finishConnect(client);
        assertThat(wire.accept(listener).socket().remoteAddress())
                .isEqualTo(client.socket().localAddress());
    }

    @Test
    void anIpv6AddressServesWhereTheHostHasOne() throws Exception {
        ListeningSocket listener;
        try {
            listener = wire.listen(address("::1", 0));
        } catch (TransportException e) {
            abort("this host has no ::1: " + e.getMessage());
            return;
        }
        Wire.Pair pair = wire.connect(listener);
        pair.client().send((byte) 1);
        pair.server().receiveUntil(1);
        assertThat(pair.server().socket().localAddress()).isEqualTo(listener.localAddress());
    }

    private static Endpoint address(String host, int port) {
        return new Endpoint.Inet(new InetSocketAddress(InetAddress.ofLiteral(host), port));
    }

    @Test
    void aListenerHoldsOneDescriptor() throws Exception {
        long before = Descriptors.open();
        ListeningSocket listener = wire.listen(Wire.loopback());
        assertThat(Descriptors.open() - before).isLessThanOrEqualTo(1);
        listener.close();
        assertThat(Descriptors.open()).isEqualTo(before);
    }

    @Test
    void anAddressThatIsListenedOnIsInUse() throws Exception {
        Endpoint taken = wire.listen(Wire.loopback()).localAddress();
        for (boolean reuse : new boolean[] {false, true}) {
            ListenOptions options = new ListenOptions(16, Map.of(SocketOption.REUSE_ADDRESS, reuse));
            assertThat(Wire.errnoOf(() -> wire.bind(taken, options))).isEqualTo(Errno.EADDRINUSE);
        }
    }

    @Test
    void anAddressThatIsBoundIsInUse() throws Exception {
        Endpoint taken = wire.bind(Wire.loopback(), Wire.plain()).localAddress();
        assertThat(Wire.errnoOf(() -> wire.bind(taken, Wire.plain()))).isEqualTo(Errno.EADDRINUSE);
    }

    @Test
    void anAddressOfAnotherMachineCannotBeBound() throws Exception {
        // TEST-NET-1, RFC 5737: nobody's.
        assertThat(Wire.errnoOf(() -> wire.bind(address("192.0.2.1", 0), Wire.plain())))
                .isEqualTo(Errno.EADDRNOTAVAIL);
    }

    @Test
    void aClosedListenersAddressIsFreeAtOnceAndRefusesClients() throws Exception {
        ListeningSocket listener = wire.listen(Wire.loopback());
        wire.poller().register(listener, wire.newToken(), Interest.READ);
        wire.turns(2);
        Endpoint address = listener.localAddress();
        listener.close();
        assertThat(outcomeOfConnect(address)).isEqualTo(Errno.ECONNREFUSED);
        assertThat(wire.listen(address).localAddress()).isEqualTo(address);
    }

    @Test
    void whoWaitsToBeAcceptedIsResetWhenTheListenerCloses() throws Exception {
        ListeningSocket listener = wire.listen(Wire.loopback());
        End client = wire.startConnect(listener.localAddress());
        wire.finishConnect(client);
        listener.close();
        assertThat(Wire.errnoOf(client::receiveToEnd)).isEqualTo(Errno.ECONNRESET);
    }

    @Test
    void aBoundSocketThatNeverListenedGivesItsAddressBack() throws Exception {
        ListeningSocket bound = wire.bind(Wire.loopback(), Wire.plain());
        Endpoint address = bound.localAddress();
        bound.close();
        bound.close();
        assertThat(wire.listen(address).localAddress()).isEqualTo(address);
    }

    @Test
    void aConnectionThatWasResetBeforeAcceptDoesNoHarm() throws Exception {
        ListeningSocket listener = wire.listen(Wire.loopback());
        End client = wire.startConnect(listener.localAddress());
        wire.finishConnect(client);
        client.socket().abort();
        wire.turns(2);
        try {
            StreamSocket accepted = listener.accept();
            if (accepted != null) {
                accepted.close();
                assertThat(accepted.remoteAddress()).isIn(client.socket().localAddress(), new Endpoint.Unknown());
            }
        } catch (TransportException e) {
            assertThat(e.errno().isLostWhileAccepting()).isTrue();
        }
        wire.connect(listener);
    }

    @Test
    void aRefusedConnectTellsWhyAndIsReportedAsAnOutcome() throws Exception {
        ListeningSocket listener = wire.listen(Wire.loopback());
        Endpoint closed = listener.localAddress();
        listener.close();
        assertThat(outcomeOfConnect(closed)).isEqualTo(Errno.ECONNREFUSED);
    }

    private Errno outcomeOfConnect(Endpoint address) {
        return Wire.errnoOf(() -> wire.finishConnect(wire.startConnect(address)));
    }

    @Test
    void aListenerTakesEveryOptionThatTheTransportLists() throws Exception {
        Map<SocketOption<?>, Object> all = new HashMap<>();
        transport().capabilities().listenOptions().forEach(option -> value(option, all));
        ListeningSocket listener = wire.bind(Wire.loopback(), new ListenOptions(16, all));
        listener.listen();
        wire.connect(listener);
    }

    @Test
    void aConnectionTakesEveryOptionThatTheTransportLists() throws Exception {
        StreamSocket socket = wire.connect().server().socket();
        for (SocketOption<?> option : transport().capabilities().streamOptions()) {
            Map<SocketOption<?>, Object> value = new HashMap<>();
            value(option, value);
            if (!value.isEmpty()) {
                setAndReadBack(socket, option, value.get(option));
            }
        }
    }

    @Test
    void aConnectionHasFromItsListenerWhatIsSaidToBeInherited() throws Exception {
        Map<SocketOption<?>, Object> given = new HashMap<>();
        transport().capabilities().inheritedOptions().forEach(option -> value(option, given));
        assertThat(given.keySet()).isEqualTo(transport().capabilities().inheritedOptions());
        ListeningSocket listener = wire.bind(Wire.loopback(), new ListenOptions(16, given));
        listener.listen();
        StreamSocket accepted = wire.connect(listener).server().socket();
        for (Map.Entry<SocketOption<?>, Object> option : given.entrySet()) {
            assertThat((Object) accepted.option(option.getKey()))
                    .as(option.getKey().name())
                    .isEqualTo(option.getValue());
        }
    }

    /** A value for an option that every transport may have; none for a transport's own. */
    private static void value(SocketOption<?> option, Map<SocketOption<?>, Object> into) {
        Map<SocketOption<?>, Object> values = Map.ofEntries(
                Map.entry(SocketOption.REUSE_ADDRESS, true),
                Map.entry(SocketOption.REUSE_PORT, true),
                Map.entry(SocketOption.NO_DELAY, true),
                Map.entry(SocketOption.RECEIVE_BUFFER, 32 * 1024),
                Map.entry(SocketOption.SEND_BUFFER, 16 * 1024),
                Map.entry(SocketOption.KEEP_ALIVE, true),
                Map.entry(SocketOption.KEEP_ALIVE_IDLE, Duration.ofSeconds(77)),
                Map.entry(SocketOption.KEEP_ALIVE_INTERVAL, Duration.ofSeconds(7)),
                Map.entry(SocketOption.KEEP_ALIVE_COUNT, 5),
                Map.entry(SocketOption.USER_TIMEOUT, Duration.ofMillis(12_345)),
                Map.entry(SocketOption.NOT_SENT_LOW_WATER, 54_321));
        if (values.containsKey(option)) {
            into.put(option, values.get(option));
        }
    }

    private static <T> void setAndReadBack(StreamSocket socket, SocketOption<T> option, Object value)
            throws TransportException {
        T wanted = option.type().cast(value);
        socket.option(option, wanted);
        T kept = socket.option(option);
        if (option == SocketOption.RECEIVE_BUFFER || option == SocketOption.SEND_BUFFER) {
            assertThat((Integer) kept).as(option.name()).isBetween((Integer) wanted, 2 * (Integer) wanted);
        } else {
            assertThat(kept).as(option.name()).isEqualTo(wanted);
        }
        if (wanted instanceof Boolean) {
            socket.option(option, option.type().cast(false));
            assertThat(socket.option(option)).as(option.name()).isEqualTo(false);
        }
    }

    @Test
    void severalListenersShareAnAddressWithReusePort() throws Exception {
        assumeTrue(transport().capabilities().listenOptions().contains(SocketOption.REUSE_PORT));
        ListenOptions shared = new ListenOptions(16, Map.of(SocketOption.REUSE_PORT, true));
        ListeningSocket first = wire.bind(Wire.loopback(), shared);
        ListeningSocket second = wire.bind(first.localAddress(), shared);
        first.listen();
        second.listen();
        first.close();
        wire.connect(second);
    }
}
