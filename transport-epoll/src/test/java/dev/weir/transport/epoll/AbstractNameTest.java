package dev.weir.transport.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fault.Errno;
import dev.weir.testkit.Wire;
import dev.weir.transport.Endpoint;
import dev.weir.transport.ListeningSocket;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Unix domain sockets that have a name and no file. */
class AbstractNameTest {
    private final Endpoint name = new Endpoint.UnixAbstract("weir-test-" + UUID.randomUUID());
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
    void bytesGoBothWays() throws Exception {
        Wire.Pair pair = wire.connect(wire.listen(name));
        assertThat(pair.client().socket().remoteAddress()).isEqualTo(name);
        assertThat(pair.server().socket().localAddress()).isEqualTo(name);
        pair.client().send((byte) 1);
        pair.server().receiveUntil(1);
        pair.server().send((byte) 2);
        pair.client().receiveUntil(1);
        assertThat(pair.client().received()).containsExactly(2);
    }

    @Test
    void aNameIsInUseAsLongAsItsSocketIsOpen() throws Exception {
        ListeningSocket bound = wire.bind(name, Wire.plain());
        assertThat(Wire.errnoOf(() -> wire.bind(name, Wire.plain()))).isEqualTo(Errno.EADDRINUSE);
        bound.close();
        wire.connect(wire.listen(name));
    }

    @Test
    void aNameThatNobodyHasRefuses() {
        assertThat(Wire.errnoOf(() -> wire.startConnect(name))).isEqualTo(Errno.ECONNREFUSED);
    }
}
