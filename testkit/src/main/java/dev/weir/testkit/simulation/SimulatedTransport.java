package dev.weir.testkit.simulation;

import dev.weir.testkit.Waiting;
import dev.weir.time.Clock;
import dev.weir.transport.Availability;
import dev.weir.transport.Capabilities;
import dev.weir.transport.Endpoint;
import dev.weir.transport.Poller;
import dev.weir.transport.SocketOption;
import dev.weir.transport.Transport;
import dev.weir.transport.TransportException;
import java.io.Closeable;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A transport over a network in memory, for a caller-driven Weir:
 *
 * <pre>{@code
 * SimulatedTransport network = new SimulatedTransport(seed);
 * Weir weir = Weir.builder().transport(network).clock(network.clock()).callerDriven().config(…).build();
 * weir.start();
 * SimulatedPeer peer = network.connect(weir.server("echo").addresses().getFirst());
 * peer.offer(bytes, 0, bytes.length);
 * weir.turn();
 * byte[] answer = peer.take(bytes.length);
 * }</pre>
 *
 * <p>The same seed with the same calls gives the same run; {@link #toString()} says it, for the message of a failing test. It has TCP
 * on the loopback and wildcard addresses; peers may come from any address. Time stands still until the test moves {@link #clock()}.
 */
public final class SimulatedTransport implements Transport {
    static final Capabilities CAPABILITIES = new Capabilities(
            Set.of(SocketOption.REUSE_ADDRESS, SocketOption.RECEIVE_BUFFER, SocketOption.NO_DELAY),
            Set.of(SocketOption.NO_DELAY, SocketOption.SEND_BUFFER, SocketOption.RECEIVE_BUFFER),
            Set.of(SocketOption.NO_DELAY),
            false,
            false,
            false);

    private final long seed;
    private final SimulatedNetwork network;
    private boolean advancesClock;

    /** A network on which everything may happen, at the seed's will. */
    public SimulatedTransport(long seed) {
        this(seed, Conditions.of(seed));
    }

    /** A network on which what the conditions say may happen, at the seed's will. */
    public SimulatedTransport(long seed, Conditions conditions) {
        this.seed = seed;
        this.network = new SimulatedNetwork(conditions, new Faults(seed, conditions), new VirtualClock());
    }

    /** Lets a poll that may wait and has nothing to report move the clock by its timeout. For one poller; to be called before it is opened. */
    public SimulatedTransport advancingClock() {
        advancesClock = true;
        return this;
    }

    /**
     * Connects a peer that comes from the loopback address. It has its connection when the listener's queue has room. What
     * the test turns by hand it waits for by hand: the peer's own waiting only looks.
     *
     * @throws TransportException ECONNREFUSED when nobody listens there
     */
    public SimulatedPeer connect(Endpoint address) throws TransportException {
        return connect(address, InetAddress.getLoopbackAddress());
    }

    /** As {@link #connect(Endpoint)}, for a peer that comes from another address. */
    public SimulatedPeer connect(Endpoint address, InetAddress from) throws TransportException {
        return connect(address, from, 0, this::look);
    }

    /** @param receiveBufferBytes of the peer's; 0 for what is usual here */
    SimulatedPeer connect(Endpoint address, InetAddress from, int receiveBufferBytes, Waiting waiting)
            throws TransportException {
        KernelSocket kernel = network.connect(from, address);
        if (kernel.failure() != null) {
            throw new TransportException(kernel.failure(), "nobody listens on " + address);
        }
        if (receiveBufferBytes > 0) {
            kernel.in().receiveBuffer(receiveBufferBytes);
        }
        network.addPeer(kernel);
        return new SimulatedPeer(kernel, waiting);
    }

    private void look(String what, BooleanSupplier condition) {
        if (!condition.getAsBoolean()) {
            throw new AssertionError(
                    "it has not come about yet that " + what + "; turn Weir and look again, on " + this);
        }
    }

    /** The time of this network. */
    public VirtualClock clock() {
        return network.clock();
    }

    /** What happens here. */
    public Conditions conditions() {
        return network.conditions();
    }

    /** How often each fault has struck. */
    public Tally<InjectedFault> faults() {
        return network.faults().tally();
    }

    /** How often each call was made. */
    public Tally<SimulatedCall> calls() {
        return network.calls();
    }

    /** Lets the process have so many descriptors at the most; it keeps those that it has. */
    public void descriptorLimit(int most) {
        network.descriptorLimit(most);
    }

    /** The sockets of connections that the process has. */
    List<SimulatedSocket> sockets() {
        return network.sockets();
    }

    /** Descriptors that the process has: pollers, listening sockets, connections. Peers are elsewhere. */
    public int descriptors() {
        return network.descriptors();
    }

    /** Buffers that were lent at a receive and are not given back. */
    public long lentBuffers() {
        return network.lentBuffers();
    }

    @Override
    public String name() {
        return "simulated";
    }

    @Override
    public Availability availability() {
        return new Availability.Available("a network in memory");
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public Poller openPoller(Clock clock) throws TransportException {
        network.takeDescriptor();
        return new SimulatedPoller(network, advancesClock);
    }

    @Override
    public Closeable spareDescriptor() throws TransportException {
        network.takeDescriptor();
        return network::giveDescriptorBack;
    }

    /** The value of an option that nobody has set. */
    static Object unset(SocketOption<?> option, Conditions conditions) {
        if (option == SocketOption.SEND_BUFFER) {
            return conditions.sendBufferBytes();
        }
        return option == SocketOption.RECEIVE_BUFFER ? (Object) conditions.receiveBufferBytes() : false;
    }

    @Override
    public String toString() {
        return "simulated network, seed " + seed + ", " + network.conditions() + ", so far " + faults();
    }
}
