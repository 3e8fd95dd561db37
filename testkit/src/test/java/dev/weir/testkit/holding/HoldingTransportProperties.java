package dev.weir.testkit.holding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.TransportLaws;
import dev.weir.testkit.simulation.Conditions;
import dev.weir.testkit.simulation.Conditions.Trigger;
import dev.weir.testkit.simulation.SimulatedTransport;
import dev.weir.transport.Transport;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeTry;

/** A transport that holds input back and has sends wait for reads keeps the laws of all transports. */
class HoldingTransportProperties extends TransportLaws {
    private static long heldBack;
    private static long readFirst;

    private SimulatedTransport network;
    private HoldingTransport holding;

    @BeforeTry
    void make() {
        network = new SimulatedTransport(1, Conditions.calm(Trigger.EDGE).buffers(8 * 1024, 8 * 1024));
        count();
        holding = HoldingTransport.readingFirst(network, 1);
    }

    private void count() {
        heldBack += holding == null ? 0 : holding.heldBack();
        readFirst += holding == null ? 0 : holding.readFirst();
    }

    @Override
    protected Transport transport() {
        return holding;
    }

    @Override
    protected long openDescriptors() {
        count();
        return network.descriptors();
    }

    @AfterContainer
    static void bothHaveHappened() {
        assertThat(heldBack).as("receives that held back").isPositive();
        assertThat(readFirst).as("sends that waited for a read").isPositive();
    }
}
