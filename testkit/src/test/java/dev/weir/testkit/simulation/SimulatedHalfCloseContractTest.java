package dev.weir.testkit.simulation;

import dev.weir.testkit.HalfCloseContract;
import dev.weir.testkit.TransportSubject;

/** Half-closed connections on a network on which everything may happen keep the laws of all. */
class SimulatedHalfCloseContractTest extends HalfCloseContract {
    @Override
    protected TransportSubject subject() {
        return SimulatedSubject.drawn();
    }
}
