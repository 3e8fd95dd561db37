package dev.weir.testkit.simulation;

import dev.weir.fault.Errno;
import dev.weir.transport.Endpoint;
import dev.weir.transport.ListenOptions;
import dev.weir.transport.ListeningSocket;
import dev.weir.transport.Readiness;
import dev.weir.transport.SocketOption;
import dev.weir.transport.StreamSocket;
import dev.weir.transport.TransportException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;

/**
 * A bound socket with its accept queue, which holds one more than the backlog (listen(2) on Linux). Who finds it full waits for its
 * handshake to be done.
 */
final class SimulatedListener implements ListeningSocket, Registration.Source {
    private final SimulatedNetwork network;
    private final InetSocketAddress address;
    private final ListenOptions options;
    private final ArrayDeque<KernelSocket> queue = new ArrayDeque<>();
    private final ArrayDeque<KernelSocket> handshakes = new ArrayDeque<>();
    private Registration registration;
    private boolean listening;
    private boolean closed;

    SimulatedListener(SimulatedNetwork network, InetSocketAddress address, ListenOptions options) {
        this.network = network;
        this.address = address;
        this.options = options;
    }

    int port() {
        return address.getPort();
    }

    /** True when no other socket can be bound there. */
    boolean isInTheWayOf(InetSocketAddress place) {
        InetAddress here = address.getAddress();
        InetAddress there = place.getAddress();
        return port() == place.getPort() && (here.equals(there) || covers(here, there) || covers(there, here));
    }

    /** The wildcard of IPv4 stands for all addresses of IPv4, that of IPv6 for all there are (ipv6(7), IPV6_V6ONLY off). */
    private static boolean covers(InetAddress wildcard, InetAddress address) {
        return wildcard.isAnyLocalAddress() && (wildcard instanceof Inet6Address || address instanceof Inet4Address);
    }

    /** True when a connect to this target comes here. */
    boolean hears(InetSocketAddress target) {
        return listening && isInTheWayOf(target);
    }

    /** A client wants to connect. */
    void arrives(KernelSocket client) {
        handshakes.add(client.other());
        shake();
    }

    private void shake() {
        while (!handshakes.isEmpty() && queue.size() <= options.backlog()) {
            KernelSocket next = handshakes.remove();
            next.establish();
            queue.add(next);
        }
    }

    void register(Registration itsRegistration) {
        registration = itsRegistration;
    }

    @Override
    public void listen() {
        if (listening) {
            throw new IllegalStateException(localAddress() + " listens already");
        }
        listening = true;
    }

    @Override
    public Endpoint localAddress() {
        return new Endpoint.Inet(address);
    }

    @Override
    public StreamSocket accept() throws TransportException {
        network.called(SimulatedCall.ACCEPT);
        if (closed || !listening) {
            throw new IllegalStateException(localAddress() + " does not listen");
        }
        may(InjectedFault.INTERRUPTED_ACCEPT, Errno.EINTR);
        may(InjectedFault.NO_DESCRIPTOR, Errno.EMFILE);
        may(InjectedFault.NO_FILE, Errno.ENFILE);
        may(InjectedFault.NO_BUFFER, Errno.ENOBUFS);
        may(InjectedFault.NO_MEMORY, Errno.ENOMEM);
        if (!queue.isEmpty()) {
            boolean odd = network.faults().tally().of(InjectedFault.ABORTED_ACCEPT) % 2 != 0;
            may(InjectedFault.ABORTED_ACCEPT, odd ? Errno.EPROTO : Errno.ECONNABORTED);
        }
        network.takeDescriptor();
        KernelSocket next = queue.poll();
        shake();
        if (next == null) {
            network.giveDescriptorBack();
            return null;
        }
        return accepted(next);
    }

    private void may(InjectedFault fault, Errno errno) throws TransportException {
        if (network.faults().strikes(fault)) {
            throw new TransportException(errno, errno.text());
        }
    }

    private SimulatedSocket accepted(KernelSocket kernel) {
        boolean unknown = kernel.failure() != null && network.faults().strikes(InjectedFault.UNKNOWN_PEER);
        SimulatedSocket socket =
                new SimulatedSocket(network, kernel, unknown ? new Endpoint.Unknown() : kernel.remote());
        if (options.options().get(SocketOption.RECEIVE_BUFFER) instanceof Integer size) {
            kernel.in().receiveBuffer(size);
        }
        socket.inherit(options.options());
        return socket;
    }

    @Override
    public void interest(int interest) throws TransportException {
        network.called(SimulatedCall.INTEREST);
        if (closed) {
            throw new TransportException(Errno.EBADF, localAddress() + " was closed");
        }
        registration.interest(interest);
    }

    @Override
    public int readiness() {
        return queue.isEmpty() ? 0 : Readiness.READABLE;
    }

    @Override
    public int alwaysAsked() {
        return 0;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        network.called(SimulatedCall.CLOSE);
        if (registration != null) {
            registration.end();
        }
        network.remove(this);
        network.giveDescriptorBack();
        queue.forEach(KernelSocket::reset);
        handshakes.forEach(waiting -> waiting.other().fail(Errno.ECONNREFUSED));
    }
}
