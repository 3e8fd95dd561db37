package dev.weir.testkit.simulation;

import dev.weir.fault.Errno;
import dev.weir.transport.Endpoint;
import dev.weir.transport.ListenOptions;
import dev.weir.transport.TransportException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The kernel and the wire: who listens where, who is connected, and how many descriptors the process has. */
final class SimulatedNetwork {
    /** From here on ports are given away, as on Linux (net.ipv4.ip_local_port_range). */
    private static final int FIRST_FREE_PORT = 32_768;

    private static final int LAST_PORT = 65_535;

    private final Conditions conditions;
    private final Faults faults;
    private final VirtualClock clock;
    private final Tally<SimulatedCall> calls = new Tally<>(SimulatedCall.class);
    private final List<SimulatedListener> listeners = new ArrayList<>();
    private final Set<SimulatedSocket> sockets = new LinkedHashSet<>();
    private final List<ByteBuf> lent = new ArrayList<>();
    private final List<KernelSocket> peers = new ArrayList<>();
    private int freePort = FIRST_FREE_PORT;
    private int descriptorLimit = Integer.MAX_VALUE;
    private int descriptors;
    private int descriptorsComingFree;
    private Thread owner;

    SimulatedNetwork(Conditions conditions, Faults faults, VirtualClock clock) {
        this.conditions = conditions;
        this.faults = faults;
        this.clock = clock;
    }

    Conditions conditions() {
        return conditions;
    }

    Faults faults() {
        return faults;
    }

    VirtualClock clock() {
        return clock;
    }

    Tally<SimulatedCall> calls() {
        return calls;
    }

    /** Counts a call, and keeps to one thread. */
    void called(SimulatedCall call) {
        if (owner == null) {
            owner = Thread.currentThread();
        }
        if (owner != Thread.currentThread()) {
            throw new IllegalStateException("the simulated transport belongs to " + owner.getName() + ", and "
                    + Thread.currentThread().getName() + " uses it; drive Weir by hand: WeirBuilder.callerDriven()");
        }
        calls.add(call);
    }

    /** Time passes: what is under way arrives. */
    void step() {
        peers.removeIf(peer -> peer.isClosed() || peer.failure() != null);
        peers.forEach(this::actOnItsOwn);
        sockets.forEach(SimulatedSocket::step);
        releaseDescriptors();
    }

    private void actOnItsOwn(KernelSocket peer) {
        if (!peer.isOutputEnded() && faults.strikes(InjectedFault.PEER_HALF_CLOSE)) {
            peer.endOutput();
        }
        if (faults.strikes(InjectedFault.PEER_RESET)) {
            peer.reset();
        }
    }

    /** The other end of a connection, outside the process. */
    void addPeer(KernelSocket peer) {
        peers.add(peer);
    }

    void add(SimulatedSocket socket) {
        sockets.add(socket);
    }

    List<SimulatedSocket> sockets() {
        return List.copyOf(sockets);
    }

    void remove(SimulatedSocket socket) {
        sockets.remove(socket);
    }

    SimulatedListener bind(Endpoint address, ListenOptions options) throws TransportException {
        InetSocketAddress wanted = inet(address);
        InetAddress host = wanted.getAddress();
        if (host == null || !(host.isLoopbackAddress() || host.isAnyLocalAddress())) {
            throw new TransportException(
                    Errno.EADDRNOTAVAIL, "cannot bind " + address + ": " + Errno.EADDRNOTAVAIL.text());
        }
        InetSocketAddress place = wanted.getPort() == 0 ? new InetSocketAddress(host, unboundPort()) : wanted;
        if (listeners.stream().anyMatch(other -> other.isInTheWayOf(place))) {
            throw new TransportException(Errno.EADDRINUSE, "cannot bind " + address + ": " + Errno.EADDRINUSE.text());
        }
        takeDescriptor();
        SimulatedListener listener = new SimulatedListener(this, place, options);
        listeners.add(listener);
        return listener;
    }

    void remove(SimulatedListener listener) {
        listeners.remove(listener);
    }

    /** A buffer of the transport's, which whoever receives with it releases. */
    ByteBuf lend(int size) {
        lent.removeIf(buffer -> buffer.refCnt() == 0);
        ByteBuf buffer = Unpooled.directBuffer(size, size);
        lent.add(buffer);
        return buffer;
    }

    long lentBuffers() {
        return lent.stream().filter(buffer -> buffer.refCnt() > 0).count();
    }

    /** Begins a connection. Where nobody listens it is refused; the connecting end finds out in time. */
    KernelSocket connect(InetAddress from, Endpoint address) throws TransportException {
        InetSocketAddress target = inet(address);
        Endpoint local = new Endpoint.Inet(new InetSocketAddress(from, freePort()));
        KernelSocket client = KernelSocket.connecting(local, address, conditions);
        for (SimulatedListener listener : listeners) {
            if (listener.hears(target)) {
                listener.arrives(client);
                return client;
            }
        }
        client.fail(Errno.ECONNREFUSED);
        return client;
    }

    void descriptorLimit(int most) {
        descriptorLimit = most;
    }

    int descriptors() {
        return descriptors;
    }

    void takeDescriptor() throws TransportException {
        if (descriptors >= descriptorLimit) {
            faults.happened(InjectedFault.NO_DESCRIPTOR);
            throw new TransportException(Errno.EMFILE, Errno.EMFILE.text());
        }
        descriptors++;
    }

    /** Gives a descriptor back: now, or with the next step. */
    void giveDescriptorBack() {
        if (faults.strikes(InjectedFault.LATE_DESCRIPTOR)) {
            descriptorsComingFree++;
        } else {
            descriptors--;
        }
    }

    void releaseDescriptors() {
        descriptors -= descriptorsComingFree;
        descriptorsComingFree = 0;
    }

    private int freePort() {
        int port = freePort;
        freePort = port == LAST_PORT ? FIRST_FREE_PORT : port + 1;
        return port;
    }

    private int unboundPort() {
        int port = freePort();
        while (isBound(port)) {
            port = freePort();
        }
        return port;
    }

    private boolean isBound(int port) {
        return listeners.stream().anyMatch(listener -> listener.port() == port);
    }

    private static InetSocketAddress inet(Endpoint address) throws TransportException {
        if (address instanceof Endpoint.Inet(InetSocketAddress inet)) {
            return inet;
        }
        throw new TransportException(Errno.EAFNOSUPPORT, "the simulated network has no " + address);
    }
}
