package dev.weir.testkit.simulation;

import dev.weir.testkit.LifecycleContract;
import dev.weir.testkit.TransportSubject;

/** Servers on a network on which everything may happen keep the laws of all servers. */
class SimulatedLifecycleContractTest extends LifecycleContract {
    @Override
    protected TransportSubject subject() {
        return SimulatedSubject.drawn();
    }
}
