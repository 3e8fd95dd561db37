package dev.weir.transport.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fault.CloseReason;
import dev.weir.fault.Errno;
import dev.weir.testkit.End;
import dev.weir.testkit.Wire;
import dev.weir.transport.Endpoint;
import dev.weir.transport.Interest;
import dev.weir.transport.ListeningSocket;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A peer that has forgotten the connection, as after a power cut: its host answers the next segment with a reset. */
@Tag("kernel")
class RebootedPeerTest {
    /** TCP_REPAIR (linux/tcp.h): a socket that is closed under it says nothing to its peer. Needs CAP_NET_ADMIN. */
    private static final int TCP_REPAIR = 19;

    @ParameterizedTest
    @EnumSource
    void whoWritesToAPeerThatForgotTheConnectionIsReset(Trigger trigger) throws Exception {
        CallMemory memory = new CallMemory();
        try (Wire wire = new Wire(new EpollTransport(trigger))) {
            ListeningSocket listener = wire.listen(Wire.loopback());
            int peer = connected(memory, listener.localAddress());
            End server = wire.accept(listener);
            server.socket().interest(Interest.READ);
            memory.number.set(ValueLayout.JAVA_INT, 0, 1);
            int repairing = Libc.setsockopt(
                    memory.errno, peer, Headers.IPPROTO_TCP, TCP_REPAIR, memory.number.address(), Integer.BYTES);
            Libc.close(peer);
            Assumptions.assumeTrue(repairing == 0, "no right to TCP_REPAIR (CAP_NET_ADMIN)");
            wire.turns(3);
            assertThat(wire.reported(server.token()))
                    .as("heard of the peer's end")
                    .isZero();

            assertThat(server.send((byte) 1)).as("the system takes it").isOne();
            wire.until("the answer comes", () -> wire.reported(server.token()) != 0);
            Errno errno = Wire.errnoOf(() -> server.receive(10));

            assertThat(errno).isEqualTo(Errno.ECONNRESET);
            assertThat(CloseReason.of(errno).cause()).isEqualTo(CloseReason.Cause.PEER_RESET);
        }
    }

    private static int connected(CallMemory memory, Endpoint server) throws Exception {
        int peer = Libc.socket(memory.errno, SocketAddresses.family(server), Headers.SOCK_STREAM, 0);
        int length = SocketAddresses.write(server, memory.address);
        assertThat(Libc.connect(memory.errno, peer, memory.address.address(), length))
                .isZero();
        return peer;
    }
}
