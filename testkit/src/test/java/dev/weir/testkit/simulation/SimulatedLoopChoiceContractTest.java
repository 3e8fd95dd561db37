package dev.weir.testkit.simulation;

import dev.weir.testkit.LoopChoiceContract;
import dev.weir.testkit.TransportSubject;

/** Connections on a network on which everything may happen come to the loops that were chosen. */
class SimulatedLoopChoiceContractTest extends LoopChoiceContract {
    @Override
    protected TransportSubject subject() {
        return SimulatedSubject.drawn();
    }
}
