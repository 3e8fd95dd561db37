package dev.weir.testkit.holding;

import dev.weir.testkit.HeartbeatContract;
import dev.weir.testkit.TransportSubject;
import dev.weir.testkit.simulation.SimulatedSubject;

/** Servers keep the laws of all servers on sockets that hold bytes back and want to read before they send. */
class HoldingHeartbeatContractTest extends HeartbeatContract {
    @Override
    protected TransportSubject subject() {
        return SimulatedSubject.drawn().under(network -> HoldingTransport.readingFirst(network, 1));
    }
}
