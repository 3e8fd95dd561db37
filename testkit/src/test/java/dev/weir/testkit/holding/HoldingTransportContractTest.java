package dev.weir.testkit.holding;

import dev.weir.testkit.PollerContract;
import dev.weir.testkit.StreamContract;
import dev.weir.testkit.simulation.Conditions;
import dev.weir.testkit.simulation.Conditions.Trigger;
import dev.weir.testkit.simulation.SimulatedTransport;
import dev.weir.transport.Transport;
import org.junit.jupiter.api.Nested;

/** A transport that holds input back keeps the contract of all transports, over a level-like and an edge-like one. */
class HoldingTransportContractTest {
    private static SimulatedTransport network(Trigger trigger) {
        return new SimulatedTransport(1, Conditions.calm(trigger));
    }

    @Nested
    class LevelStream extends StreamContract {
        private final SimulatedTransport network = network(Trigger.LEVEL);

        @Override
        protected Transport transport() {
            return HoldingTransport.over(network, 1);
        }

        @Override
        protected long openDescriptors() {
            return network.descriptors();
        }
    }

    @Nested
    class EdgeStream extends StreamContract {
        private final SimulatedTransport network = network(Trigger.EDGE);

        @Override
        protected Transport transport() {
            return HoldingTransport.over(network, 1);
        }

        @Override
        protected long openDescriptors() {
            return network.descriptors();
        }
    }

    @Nested
    class EdgePoller extends PollerContract {
        private final SimulatedTransport network = network(Trigger.EDGE);

        @Override
        protected Transport transport() {
            return HoldingTransport.over(network, 1);
        }

        @Override
        protected long openDescriptors() {
            return network.descriptors();
        }
    }
}
