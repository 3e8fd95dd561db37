package dev.weir.testkit.simulation;

import dev.weir.testkit.IdentityContract;
import dev.weir.testkit.TransportSubject;

/** Clients are known by one name once, on a network on which everything may happen as on all transports. */
class SimulatedIdentityContractTest extends IdentityContract {
    @Override
    protected TransportSubject subject() {
        return SimulatedSubject.drawn();
    }
}
