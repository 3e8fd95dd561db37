package dev.weir.testkit.simulation;

import dev.weir.testkit.EndingsContract;
import dev.weir.testkit.TransportSubject;

/** Endings on a network on which everything may happen are told alike everywhere. */
class SimulatedEndingsContractTest extends EndingsContract {
    @Override
    protected TransportSubject subject() {
        return SimulatedSubject.drawn();
    }
}
