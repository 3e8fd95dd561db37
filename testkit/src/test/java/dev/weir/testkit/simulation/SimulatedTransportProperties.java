package dev.weir.testkit.simulation;

import dev.weir.testkit.TransportLaws;
import dev.weir.transport.Transport;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.BeforeTry;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

/** The simulated transport keeps the laws of all transports, under any seed. */
@AddLifecycleHook(
        value = SimulatedTransportProperties.SeedOfFailure.class,
        propagateTo = PropagationMode.ALL_DESCENDANTS)
class SimulatedTransportProperties extends TransportLaws {
    private SimulatedTransport transport;

    @BeforeTry
    void draw() {
        long seed = Arbitraries.longs().sample();
        // Both ends are on one wire, whose accept has to succeed; and buffers of a byte take long for a megabyte.
        Conditions conditions = Conditions.of(seed)
                .buffers(8 * 1024, 8 * 1024)
                .with(InjectedFault.ABORTED_ACCEPT, 0)
                .with(InjectedFault.NO_DESCRIPTOR, 0);
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

    /** Says on which network a try failed. */
    static final class SeedOfFailure implements AroundTryHook {
        @Override
        public TryExecutionResult aroundTry(
                TryLifecycleContext context, TryExecutor aTry, java.util.List<Object> parameters) {
            TryExecutionResult result = aTry.execute(parameters);
            if (result.isFalsified() && context.testInstance() instanceof SimulatedTransportProperties failed) {
                context.reporter().publishValue("network", failed.transport.toString());
            }
            return result;
        }
    }
}
