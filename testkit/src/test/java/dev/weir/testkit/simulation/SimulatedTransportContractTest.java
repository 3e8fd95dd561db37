package dev.weir.testkit.simulation;

import dev.weir.testkit.ListenContract;
import dev.weir.testkit.PollerContract;
import dev.weir.testkit.StreamContract;
import dev.weir.testkit.simulation.Conditions.Trigger;
import dev.weir.transport.Transport;
import org.junit.jupiter.api.Nested;

/** The simulated transport keeps the contract of all transports, level-like and edge-like. */
class SimulatedTransportContractTest {
    private static final long SEED = 1;

    /** What every contract leaves free: in which order and when what is ready is reported, and how bytes are handed over. */
    private static Conditions uneasy(Trigger trigger) {
        return Conditions.calm(trigger)
                .with(InjectedFault.LATE_REPORT, 0.3)
                .with(InjectedFault.UNASKED_REPORT, 0.3)
                .with(InjectedFault.STALE_REPORT, 0.5)
                .with(InjectedFault.LENT_BUFFER, 0.5)
                .with(InjectedFault.LATE_DESCRIPTOR, 0.5);
    }

    @Nested
    class LevelPoller extends PollerContract {
        private final SimulatedTransport transport = new SimulatedTransport(SEED, Conditions.calm(Trigger.LEVEL));

        @Override
        protected Transport transport() {
            return transport;
        }

        @Override
        protected long openDescriptors() {
            return transport.descriptors();
        }
    }

    @Nested
    class EdgePoller extends PollerContract {
        private final SimulatedTransport transport = new SimulatedTransport(SEED, Conditions.calm(Trigger.EDGE));

        @Override
        protected Transport transport() {
            return transport;
        }

        @Override
        protected long openDescriptors() {
            return transport.descriptors();
        }
    }

    @Nested
    class LevelListen extends ListenContract {
        private final SimulatedTransport transport = new SimulatedTransport(SEED, Conditions.calm(Trigger.LEVEL));

        @Override
        protected Transport transport() {
            return transport;
        }

        @Override
        protected long openDescriptors() {
            return transport.descriptors();
        }
    }

    @Nested
    class UneasyListen extends ListenContract {
        private final SimulatedTransport transport = new SimulatedTransport(SEED, uneasy(Trigger.EDGE));

        @Override
        protected Transport transport() {
            return transport;
        }

        @Override
        protected long openDescriptors() {
            return transport.descriptors();
        }
    }

    @Nested
    class LevelStream extends StreamContract {
        private final SimulatedTransport transport = new SimulatedTransport(SEED, Conditions.calm(Trigger.LEVEL));

        @Override
        protected Transport transport() {
            return transport;
        }

        @Override
        protected long openDescriptors() {
            return transport.descriptors();
        }
    }

    @Nested
    class EdgeStream extends StreamContract {
        private final SimulatedTransport transport = new SimulatedTransport(SEED, uneasy(Trigger.EDGE));

        @Override
        protected Transport transport() {
            return transport;
        }

        @Override
        protected long openDescriptors() {
            return transport.descriptors();
        }
    }
}
