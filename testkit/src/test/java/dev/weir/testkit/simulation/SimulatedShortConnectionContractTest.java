package dev.weir.testkit.simulation;

import dev.weir.testkit.ShortConnectionContract;
import dev.weir.testkit.TransportSubject;

/** Short connections on a network on which everything may happen get one reply, as on all transports. */
class SimulatedShortConnectionContractTest extends ShortConnectionContract {
    @Override
    protected TransportSubject subject() {
        return SimulatedSubject.drawn();
    }
}
