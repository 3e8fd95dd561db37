package dev.weir.testkit.simulation;

import dev.weir.testkit.HeartbeatContract;
import dev.weir.testkit.TransportSubject;

/** Servers on a network on which everything may happen take nobody for dead who is not. */
class SimulatedHeartbeatContractTest extends HeartbeatContract {
    @Override
    protected TransportSubject subject() {
        return SimulatedSubject.drawn();
    }
}
