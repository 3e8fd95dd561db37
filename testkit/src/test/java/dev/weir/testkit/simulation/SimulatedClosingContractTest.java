package dev.weir.testkit.simulation;

import dev.weir.testkit.ClosingContract;
import dev.weir.testkit.TransportSubject;

/** Servers on a network on which everything may happen keep the laws of all servers. */
class SimulatedClosingContractTest extends ClosingContract {
    @Override
    protected TransportSubject subject() {
        return SimulatedSubject.drawn();
    }
}
