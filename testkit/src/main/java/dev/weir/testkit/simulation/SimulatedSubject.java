package dev.weir.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.server.Weir;
import dev.weir.testkit.Peer;
import dev.weir.testkit.TransportSubject;
import dev.weir.testkit.Waiting;
import dev.weir.time.Clock;
import dev.weir.transport.Endpoint;
import dev.weir.transport.Transport;
import dev.weir.transport.TransportException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;

/**
 * The simulated transport as the subject of a contract: {@link SimulatedPeer}s at the other end, virtual time, and on the way
 * whatever the seed wants.
 */
public final class SimulatedSubject implements TransportSubject {
    /** So many turns in a row without work, and what is missing is another thread's to do. */
    private static final int IDLE_TURNS = 200;

    /** So many turns in a row without work, and nothing comes any more: some seconds, since idle turns leave others time. */
    private static final int MOST_IDLE_TURNS = 50_000;

    /** The least that a socket buffers: megabytes do not go byte by byte. */
    private static final int LEAST_BUFFER = 4 * 1024;

    private final SimulatedTransport network;
    private final Transport shown;
    private Weir driven;
    private int idle;

    private SimulatedSubject(SimulatedTransport network, Transport shown) {
        this.network = network;
        this.shown = shown;
    }

    /** A network of a seed that follows from the property's own, so that {@code -Dweir.seed} brings it back. For jqwik properties. */
    public static SimulatedSubject drawn() {
        long seed = Arbitraries.longs().withoutEdgeCases().sample();
        return of(new SimulatedTransport(seed, conditions(seed)));
    }

    /** A certain network. */
    public static SimulatedSubject of(SimulatedTransport network) {
        return new SimulatedSubject(network, network);
    }

    /** The same, with a transport under test that stands on this network. */
    public SimulatedSubject under(UnaryOperator<Transport> wrapper) {
        return new SimulatedSubject(network, wrapper.apply(network));
    }

    /**
     * What a seed may do to a server that keeps its contracts: everything but take its descriptors, for a server that has none waits
     * for time to pass, and here that stands still.
     */
    private static Conditions conditions(long seed) {
        Conditions any = Conditions.of(seed);
        return any.buffers(
                        Math.max(LEAST_BUFFER, any.sendBufferBytes()), Math.max(LEAST_BUFFER, any.receiveBufferBytes()))
                .withoutExhaustion();
    }

    @Override
    public Transport transport() {
        return shown;
    }

    @Override
    public String listenAddress() {
        return "127.0.0.1:0";
    }

    @Override
    public Clock clock() {
        return network.clock();
    }

    @Override
    public boolean isCallerDriven() {
        return true;
    }

    @Override
    public void drive(Weir weir) {
        driven = weir;
    }

    @Override
    public void advance(Duration time) {
        network.clock().advance(time);
    }

    @Override
    public void until(String what, BooleanSupplier condition) {
        idle = 0;
        Waiting.whileDoing(() -> turn(what)).until(what + ", on a " + network, condition);
    }

    private void turn(String what) {
        idle = driven.turn() ? 0 : idle + 1;
        if (idle > MOST_IDLE_TURNS) {
            throw new AssertionError("nothing moves, and it did not come about that " + what + ", on a " + network);
        }
        if (idle > IDLE_TURNS) {
            LockSupport.parkNanos(1);
        }
    }

    @Override
    public Peer connect(Endpoint server, int receiveBufferBytes) throws TransportException {
        return network.connect(server, InetAddress.getLoopbackAddress(), receiveBufferBytes, this);
    }

    @Override
    public long openDescriptors() {
        return network.descriptors();
    }

    @Override
    public void close() {
        assertThat(network.lentBuffers())
                .as("lent buffers not given back, on a %s", network)
                .isZero();
    }
}
