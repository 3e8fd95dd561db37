package dev.weir.protocols.http1;

import dev.weir.testkit.TransportSubject;
import dev.weir.testkit.simulation.Conditions;
import dev.weir.testkit.simulation.Conditions.Trigger;
import dev.weir.testkit.simulation.SimulatedSubject;
import dev.weir.testkit.simulation.SimulatedTransport;

class SimulatedHttpDeadlinesTest extends HttpDeadlinesContract {
    @Override
    TransportSubject subject() {
        return SimulatedSubject.of(new SimulatedTransport(1, Conditions.calm(Trigger.EDGE)));
    }
}
