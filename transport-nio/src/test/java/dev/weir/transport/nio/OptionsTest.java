package dev.weir.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fault.Errno;
import dev.weir.testkit.Wire;
import dev.weir.transport.SocketOption;
import dev.weir.transport.StreamSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Options that the transport has, and how it refuses what it cannot do. */
class OptionsTest {

    @Test
    void everyOptionOfTheKernelsListIsThereOnLinux() {
        assertThat(new NioTransport().capabilities().streamOptions())
                .containsExactlyInAnyOrderElementsOf(Options.NAMES.keySet());
        assertThat(new NioTransport().capabilities().listenOptions())
                .contains(SocketOption.REUSE_ADDRESS, SocketOption.REUSE_PORT, SocketOption.RECEIVE_BUFFER);
    }

    @Test
    void aTimeThatIsNotInWholeSecondsIsInvalid() throws Exception {
        try (Wire wire = new Wire(new NioTransport())) {
            StreamSocket socket = wire.connect().client().socket();
            for (Duration wrong : new Duration[] {Duration.ofMillis(1500), Duration.ZERO, Duration.ofSeconds(-1)}) {
                assertThat(Wire.errnoOf(() -> socket.option(SocketOption.KEEP_ALIVE_IDLE, wrong)))
                        .isEqualTo(Errno.EINVAL);
            }
        }
    }

    @Test
    void aValueThatTheKernelRefusesIsInvalid() throws Exception {
        try (Wire wire = new Wire(new NioTransport())) {
            StreamSocket socket = wire.connect().client().socket();
            assertThat(Wire.errnoOf(() -> socket.option(SocketOption.SEND_BUFFER, -1)))
                    .isEqualTo(Errno.EINVAL);
            assertThat(Wire.errnoOf(() -> socket.option(SocketOption.KEEP_ALIVE_COUNT, 1_000_000)))
                    .isEqualTo(Errno.EINVAL);
        }
    }

    @Test
    void anOptionOfAnotherTransportIsUnknown() throws Exception {
        SocketOption<Integer> foreign = new SocketOption<>("user-timeout", Integer.class);
        try (Wire wire = new Wire(new NioTransport())) {
            StreamSocket socket = wire.connect().client().socket();
            assertThat(Wire.errnoOf(() -> socket.option(foreign, 1))).isEqualTo(Errno.ENOPROTOOPT);
            assertThat(Wire.errnoOf(() -> socket.option(foreign))).isEqualTo(Errno.ENOPROTOOPT);
        }
    }
}
