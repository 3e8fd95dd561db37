package dev.weir.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.fault.Errno;
import dev.weir.testkit.Wire;
import dev.weir.transport.Endpoint;
import dev.weir.transport.ListenOptions;
import dev.weir.transport.ListeningSocket;
import dev.weir.transport.SocketOption;
import java.net.BindException;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How an address is held before anyone listens on it. */
class InetReservationTest {
    private static final ListenOptions REUSE = new ListenOptions(16, Map.of(SocketOption.REUSE_ADDRESS, true));
    private static final ListenOptions NO_REUSE = new ListenOptions(16, Map.of(SocketOption.REUSE_ADDRESS, false));

    private Wire wire;

    @BeforeEach
    void open() throws Exception {
        wire = new Wire(new NioTransport());
    }

    @AfterEach
    void close() {
        wire.close();
    }

    @Test
    void aReservedAddressCannotBeTakenByAnother() throws Exception {
        Endpoint.Inet address =
                (Endpoint.Inet) wire.bind(Wire.loopback(), NO_REUSE).localAddress();
        try (ServerSocketChannel other = ServerSocketChannel.open()) {
            assertThatThrownBy(() -> other.bind(address.address())).isInstanceOf(BindException.class);
        }
    }

    @Test
    void ofTwoThatReserveWithReuseTheSecondToListenIsTold() throws Exception {
        ListeningSocket first = wire.bind(Wire.loopback(), REUSE);
        ListeningSocket second = wire.bind(first.localAddress(), REUSE);
        second.listen();
        assertThat(Wire.errnoOf(first::listen)).isEqualTo(Errno.EADDRINUSE);
        first.close();
        wire.connect(second);
    }

    @Test
    void theListeningSocketHasReuseAddressOnlyIfItWasAskedFor() throws Exception {
        for (ListenOptions options : new ListenOptions[] {Wire.plain(), REUSE, NO_REUSE}) {
            Reservation reservation = Reservation.of(Wire.loopback(), options);
            try (ServerSocketChannel channel = reservation.listen()) {
                assertThat(channel.getOption(StandardSocketOptions.SO_REUSEADDR))
                        .isEqualTo(options == REUSE);
                assertThat(Addresses.of(channel.getLocalAddress())).isEqualTo(reservation.address());
            }
        }
    }

    @Test
    void anAddressInTimeWaitIsFreeOnlyWithReuse() throws Exception {
        ListeningSocket listener = wire.bind(Wire.loopback(), REUSE);
        listener.listen();
        Wire.Pair pair = wire.connect(listener);
        // Who ends first keeps the connection in TIME_WAIT.
        pair.server().socket().shutdownOutput();
        pair.client().receiveToEnd();
        pair.client().socket().close();
        wire.turns(1);
        pair.server().receiveToEnd();
        pair.server().socket().close();
        listener.close();
        wire.turns(1);
        assertThat(Wire.errnoOf(() -> wire.bind(listener.localAddress(), NO_REUSE)))
                .isEqualTo(Errno.EADDRINUSE);
        ListeningSocket again = wire.bind(listener.localAddress(), REUSE);
        again.listen();
        wire.connect(again);
    }
}
