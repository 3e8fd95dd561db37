package dev.weir.transport.epoll;

import dev.weir.fault.Errno;
import dev.weir.transport.Endpoint;
import dev.weir.transport.ListenOptions;
import dev.weir.transport.ListeningSocket;
import dev.weir.transport.SocketFile;
import dev.weir.transport.SocketOption;
import dev.weir.transport.StreamSocket;
import dev.weir.transport.TransportException;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * A bound socket, which listens later. Always level-triggered, so that who waits to be accepted is reported until he is. Owned by
 * one loop.
 */
final class EpollListeningSocket implements ListeningSocket {
    private static final InetAddress EVERY_IPV4_ADDRESS = InetAddress.ofLiteral("0.0.0.0");

    private final EpollPoller poller;
    private final int fd;
    private final Endpoint address;
    private final int backlog;
    /** The file of a Unix domain socket with a path; null for others. */
    private final SocketFile file;

    private Registration registration;
    private boolean listening;
    private boolean closed;

    private EpollListeningSocket(EpollPoller poller, int fd, Endpoint address, int backlog, SocketFile file) {
        this.poller = poller;
        this.fd = fd;
        this.address = address;
        this.backlog = backlog;
        this.file = file;
    }

    static EpollListeningSocket bind(EpollPoller poller, Endpoint wanted, ListenOptions options)
            throws TransportException {
        int family = SocketAddresses.family(wanted);
        int fd = Sockets.open(poller.memory(), family);
        if (fd == -Headers.EAFNOSUPPORT && isEveryAddress(wanted)) {
            // A host without IPv6: all that it has is IPv4.
            return bind(poller, everyIpv4Address(wanted), options);
        }
        if (fd < 0) {
            throw Failures.of("cannot bind ", wanted, fd);
        }
        try {
            return bind(poller, fd, wanted, options);
        } catch (TransportException e) {
            throw Sockets.closing(fd, e);
        } catch (IOException e) {
            throw Sockets.closing(fd, Failures.of("cannot bind ", wanted, e));
        }
    }

    private static EpollListeningSocket bind(EpollPoller poller, int fd, Endpoint wanted, ListenOptions options)
            throws IOException {
        CallMemory memory = poller.memory();
        boolean tcp = wanted instanceof Endpoint.Inet;
        for (Map.Entry<SocketOption<?>, Object> option : options.options().entrySet()) {
            Options.set(fd, tcp, option.getKey(), option.getValue());
        }
        if (isEveryAddress(wanted)) {
            acceptIpv4Too(memory, fd);
        }
        if (wanted instanceof Endpoint.Unix unix) {
            SocketFile.removeStale(unix.path());
        }
        int length = SocketAddresses.write(wanted, memory.address);
        int result = Libc.bind(memory.errno, fd, memory.address.address(), length);
        if (result < 0) {
            throw Failures.of("cannot bind ", wanted, result);
        }
        SocketFile file = wanted instanceof Endpoint.Unix unix ? SocketFile.at(unix.path()) : null;
        Endpoint bound = tcp ? Sockets.localAddress(memory, fd) : wanted;
        return new EpollListeningSocket(poller, fd, bound, options.backlog(), file);
    }

    private static boolean isEveryAddress(Endpoint endpoint) {
        return endpoint instanceof Endpoint.Inet(InetSocketAddress address)
                && address.getAddress() instanceof Inet6Address six
                && six.isAnyLocalAddress();
    }

    private static Endpoint everyIpv4Address(Endpoint endpoint) {
        int port = ((Endpoint.Inet) endpoint).address().getPort();
        return new Endpoint.Inet(new InetSocketAddress(EVERY_IPV4_ADDRESS, port));
    }

    /** The host's default may be otherwise (net.ipv6.bindv6only). */
    private static void acceptIpv4Too(CallMemory memory, int fd) throws TransportException {
        memory.number.set(ValueLayout.JAVA_INT, 0, 0);
        int result = Libc.setsockopt(
                memory.errno, fd, Headers.IPPROTO_IPV6, Headers.IPV6_V6ONLY, memory.number.address(), Integer.BYTES);
        if (result < 0) {
            throw Failures.of("cannot bind every IPv4 address together with ", "every IPv6 address", result);
        }
    }

    @Override
    public void listen() throws TransportException {
        if (listening) {
            throw new IllegalStateException(address + " listens already");
        }
        requireOpen();
        int result = Libc.listen(poller.memory().errno, fd, backlog);
        if (result < 0) {
            throw Failures.of("cannot listen on ", address, result);
        }
        requireOwnFile();
        listening = true;
    }

    /**
     * Before listen(2) the file looked stale to others, who may have replaced it. Asked after it, since then it looks so no more to who
     * comes later; who has looked before and removes it only now is not found out.
     */
    private void requireOwnFile() throws TransportException {
        try {
            if (file != null && !file.isThere()) {
                throw new TransportException(
                        Errno.EADDRINUSE, "cannot listen on " + address + ": another process has taken the path");
            }
        } catch (IOException e) {
            throw Failures.of("cannot listen on ", address, e);
        }
    }

    @Override
    public Endpoint localAddress() {
        return address;
    }

    void register(long token, int interest) throws TransportException {
        requireListening();
        requireOpen();
        LevelRegistration place = new LevelRegistration(poller, fd, token, interest);
        poller.add(place);
        registration = place;
    }

    @Override
    public StreamSocket accept() throws TransportException {
        requireListening();
        requireOpen();
        CallMemory memory = poller.memory();
        memory.addressLength.set(ValueLayout.JAVA_INT, 0, CallMemory.ADDRESS_BYTES);
        int accepted = Libc.accept4(
                memory.errno,
                fd,
                memory.address.address(),
                memory.addressLength.address(),
                Headers.SOCK_NONBLOCK | Headers.SOCK_CLOEXEC);
        if (accepted == -Headers.EAGAIN) {
            return null;
        }
        if (accepted < 0) {
            throw Failures.of("cannot accept on ", address, accepted);
        }
        Endpoint peer = SocketAddresses.read(memory.address, memory.addressLength.get(ValueLayout.JAVA_INT, 0));
        return EpollStreamSocket.accepted(poller, accepted, localAddressOf(accepted), peer);
    }

    /** Where the listener has one address, so have its connections. */
    private Endpoint localAddressOf(int accepted) {
        return address instanceof Endpoint.Inet(InetSocketAddress inet)
                        && inet.getAddress().isAnyLocalAddress()
                ? Sockets.localAddress(poller.memory(), accepted)
                : address;
    }

    @Override
    public void interest(int interest) throws TransportException {
        requireOpen();
        if (registration == null) {
            throw new IllegalStateException(address + " is not registered with a poller");
        }
        registration.interest(interest);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (registration != null) {
            registration.end();
        }
        removeFile();
        Sockets.close(fd);
    }

    /** Before the descriptor is closed, see {@link SocketFile}. */
    private void removeFile() {
        try {
            if (file != null) {
                file.remove();
            }
        } catch (IOException e) {
            // The file stays and looks stale to the next server, which removes it.
        }
    }

    private void requireListening() {
        if (!listening) {
            throw new IllegalStateException(address + " is bound and does not listen yet; call listen() first");
        }
    }

    private void requireOpen() throws TransportException {
        if (closed) {
            throw new TransportException(Errno.EBADF, address + " was closed");
        }
    }
}
