package dev.weir.transport.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.fault.Errno;
import dev.weir.testkit.Wire;
import dev.weir.transport.Endpoint;
import dev.weir.transport.Interest;
import dev.weir.transport.ListeningSocket;
import dev.weir.transport.ReceiveBuffer;
import dev.weir.transport.StreamSocket;
import dev.weir.transport.TransportException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told to who uses the transport wrongly. */
class MisuseTest {
    private Wire wire;

    @BeforeEach
    void open() throws Exception {
        wire = new Wire(new EpollTransport(Trigger.EDGE));
    }

    @AfterEach
    void close() {
        wire.close();
    }

    @Test
    void whoDoesNotListenYetNeitherAcceptsNorIsRegistered() throws Exception {
        ListeningSocket bound = wire.bind(Wire.loopback(), Wire.plain());
        String address = bound.localAddress().toString();
        assertThatThrownBy(() -> wire.poller().register(bound, wire.newToken(), Interest.READ))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(address);
        assertThatThrownBy(bound::accept)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(address);
        bound.listen();
        assertThatThrownBy(bound::listen)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(address);
        assertThatThrownBy(() -> bound.interest(Interest.READ))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not registered");
    }

    @Test
    void whoIsNotRegisteredHasNoInterest() throws Exception {
        ListeningSocket listener = wire.listen(Wire.loopback());
        wire.finishConnect(wire.startConnect(listener.localAddress()));
        try (var accepted = new Accepted(listener.accept())) {
            assertThatThrownBy(() -> accepted.socket().interest(Interest.READ))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not registered");
        }
    }

    /** Closes what was accepted. */
    private record Accepted(StreamSocket socket) implements AutoCloseable {
        @Override
        public void close() {
            socket.close();
        }
    }

    @Test
    void whoIsRegisteredAlreadyIsToldSoAndServesOn() throws Exception {
        Wire.Pair pair = wire.connect();
        StreamSocket server = pair.server().socket();
        assertThat(Wire.errnoOf(() -> wire.poller().register(server, wire.newToken(), Interest.READ)))
                .isEqualTo(Errno.EEXIST);
        pair.client().send((byte) 1);
        pair.server().receiveUntil(1);
    }

    @Test
    void bytesAreReceivedIntoNativeMemoryAlone() throws Exception {
        StreamSocket socket = wire.connect().server().socket();
        ByteBuf heap = Unpooled.buffer(16);
        assertThatThrownBy(() -> socket.receive(new ReceiveBuffer(heap)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("native memory");
        heap.release();
    }

    @Test
    void anAddressOfNoKindThatIsKnownIsRefusedWithItsName() {
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
