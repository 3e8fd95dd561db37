package dev.weir.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.simulation.Conditions.Trigger;
import dev.weir.transport.SocketOption;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What a connection is to have reaches it by its listening socket, where the transport hands it on. */
class InheritedOptionsTest {
    @Property(tries = 4)
    void aServersConnectionsHaveWhatIsConfigured(@ForAll boolean noDelay) throws Exception {
        SimulatedTransport network = new SimulatedTransport(1, Conditions.calm(Trigger.LEVEL));
        try (SimulatedServer server = new SimulatedServer(
                network, session -> session::send, "servers.test.socket.no-delay = " + (noDelay ? "on" : "off"))) {
            server.connect();
            server.until("it is open", () -> server.metrics().opened() == 1);
            assertThat(network.sockets().getFirst().option(SocketOption.NO_DELAY))
                    .isEqualTo(noDelay);
        }
    }
}
