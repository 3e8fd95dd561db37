package dev.weir.transport.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fault.Errno;
import dev.weir.testkit.Wire;
import dev.weir.transport.ListenOptions;
import dev.weir.transport.ListeningSocket;
import dev.weir.transport.SocketOption;
import dev.weir.transport.StreamSocket;
import dev.weir.transport.TransportException;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The options that only a native transport has, and how it refuses what it cannot do. */
class OptionsTest {
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
    void everyOptionOfTheKernelsListIsThere() throws Exception {
        Set<SocketOption<?>> all = new HashSet<>();
        for (var field : SocketOption.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                all.add((SocketOption<?>) field.get(null));
            }
        }
        Set<SocketOption<?>> able = new HashSet<>(Options.OF_LISTENERS);
        able.addAll(Options.OF_STREAMS);
        assertThat(able).isEqualTo(all);
    }

    @Test
    void aConnectionKeepsWhatItWasGiven() throws Exception {
        StreamSocket socket = wire.connect().server().socket();
        keeps(socket, SocketOption.USER_TIMEOUT, Duration.ofMillis(1500));
        keeps(socket, SocketOption.NOT_SENT_LOW_WATER, 16 * 1024);
        keeps(socket, SocketOption.QUICK_ACK, false);
        keeps(socket, SocketOption.QUICK_ACK, true);
        keeps(socket, SocketOption.KEEP_ALIVE_IDLE, Duration.ofSeconds(9));
    }

    private static <T> void keeps(StreamSocket socket, SocketOption<T> option, T value) throws Exception {
        socket.option(option, value);
        assertThat(socket.option(option)).as(option.name()).isEqualTo(value);
    }

    @Test
    void busyPollingIsThePrivilegeOfWhoMayAdministerTheNetwork() throws Exception {
        StreamSocket socket = wire.connect().server().socket();
        try {
            keeps(socket, SocketOption.BUSY_POLL, Duration.ofNanos(50_000));
        } catch (TransportException e) {
            assertThat(e.errno()).isIn(Errno.EPERM, Errno.ENOPROTOOPT);
        }
    }

    @Test
    void aListenerThatDefersGivesAConnectionOnlyWhenItHasSpoken() throws Exception {
        ListeningSocket listener = wire.bind(
                Wire.loopback(),
                new ListenOptions(
                        16, Map.of(SocketOption.DEFER_ACCEPT, Duration.ofSeconds(30), SocketOption.FAST_OPEN, 16)));
        listener.listen();
        var client = wire.startConnect(listener.localAddress());
        wire.finishConnect(client);
        wire.turns(3);
        assertThat(listener.accept()).isNull();
        client.send((byte) 1);
        assertThat(wire.accept(listener).receive(16)).isEqualTo(1);
    }

    @Test
    void aTimeThatIsNotInWholeUnitsIsInvalid() throws Exception {
        StreamSocket socket = wire.connect().client().socket();
        refuses(socket, SocketOption.KEEP_ALIVE_IDLE, Duration.ofMillis(1500));
        refuses(socket, SocketOption.KEEP_ALIVE_IDLE, Duration.ZERO);
        refuses(socket, SocketOption.KEEP_ALIVE_IDLE, Duration.ofSeconds(-1));
        refuses(socket, SocketOption.KEEP_ALIVE_IDLE, Duration.ofSeconds(1L << 32));
        refuses(socket, SocketOption.USER_TIMEOUT, Duration.ofNanos(1_500_000));
    }

    @Test
    void aValueThatTheKernelRefusesIsInvalid() throws Exception {
        StreamSocket socket = wire.connect().client().socket();
        refuses(socket, SocketOption.SEND_BUFFER, -1);
        refuses(socket, SocketOption.KEEP_ALIVE_COUNT, 1_000_000);
    }

    private static <T> void refuses(StreamSocket socket, SocketOption<T> option, T value) {
        assertThat(Wire.errnoOf(() -> socket.option(option, value))).isEqualTo(Errno.EINVAL);
    }

    @Test
    void anOptionOfAnotherTransportIsUnknown() throws Exception {
        SocketOption<Integer> foreign = new SocketOption<>("foreign", Integer.class);
        StreamSocket socket = wire.connect().client().socket();
        assertThat(Wire.errnoOf(() -> socket.option(foreign, 1))).isEqualTo(Errno.ENOPROTOOPT);
        assertThat(Wire.errnoOf(() -> socket.option(foreign))).isEqualTo(Errno.ENOPROTOOPT);
    }
}
