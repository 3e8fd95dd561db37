package dev.weir.testkit.simulation;

import dev.weir.testkit.TransportLaws;
import dev.weir.transport.Transport;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.lifecycle.BeforeTry;

/** The simulated transport keeps the laws of all transports, under any seed. */
class SimulatedTransportProperties extends TransportLaws {
    private SimulatedTransport transport;

    @BeforeTry
    void draw() {
        long seed = Arbitraries.longs().withoutEdgeCases().sample();
        // Both ends are on one wire, whose accept has to succeed; and buffers of a byte take long for a megabyte.
        Conditions conditions = Conditions.of(seed)
                .buffers(8 * 1024, 8 * 1024)
                .with(InjectedFault.INTERRUPTED_ACCEPT, 0)
                .with(InjectedFault.ABORTED_ACCEPT, 0)
                .withoutExhaustion();
        transport = new SimulatedTransport(seed, conditions);
    }

    @Override
    protected Transport transport() {
        return transport;
    }

    @Override
    protected long openDescriptors() {
        return transport.descriptors();
    }
}
