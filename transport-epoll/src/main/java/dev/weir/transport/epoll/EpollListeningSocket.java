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
final class EpollListeningSocket extends EpollSocket implements ListeningSocket {
    private static final InetAddress EVERY_IPV4_ADDRESS = InetAddress.ofLiteral("0.0.0.0");

    private final Endpoint address;
    private final int backlog;
    /** The file of a Unix domain socket with a path; null for others. */
    private final SocketFile file;

    /** Where the last connection came in, for a socket on every address: most come in there, and so share one object. */
    private Endpoint lastLocal;

    private boolean listening;

    private EpollListeningSocket(EpollPoller poller, int fd, Endpoint address, int backlog, SocketFile file) {
        super(poller, fd);
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
            Options.set(memory.errno, memory.number, fd, tcp, option.getKey(), option.getValue());
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
        int result = Libc.listen(poller().memory().errno, fd(), backlog);
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

    @Override
    Trigger trigger() {
        return Trigger.LEVEL;
    }

    @Override
    String name() {
        return address.toString();
    }

    void register(long token, int interest) throws TransportException {
        requireListening();
        requireOpen();
        registerWith(poller(), token, interest);
    }

    @Override
    public StreamSocket accept() throws TransportException {
        requireListening();
        requireOpen();
        CallMemory memory = poller().memory();
        memory.addressLength.set(ValueLayout.JAVA_INT, 0, CallMemory.ADDRESS_BYTES);
        int accepted = Libc.accept4(
                memory.errno,
                fd(),
                memory.address.address(),
                memory.addressLength.address(),
                Headers.SOCK_NONBLOCK | Headers.SOCK_CLOEXEC);
        if (accepted == -Headers.EAGAIN) {
            return null;
        }
        if (accepted < 0) {
            throw Failures.of("cannot accept on ", address, accepted);
        }
        // Before the next call that names an address.
        int length = memory.addressLength.get(ValueLayout.JAVA_INT, 0);
        long inet4 = SocketAddresses.packInet4(memory.address, length);
        byte[] other = inet4 == SocketAddresses.NO_INET4 ? SocketAddresses.copy(memory.address, length) : null;
        return new EpollStreamSocket(poller(), accepted, localAddressOf(accepted), inet4, other);
    }

    /** Where the listener has one address, so have its connections. */
    private Endpoint localAddressOf(int accepted) {
        if (!(address instanceof Endpoint.Inet(InetSocketAddress inet))
                || !inet.getAddress().isAnyLocalAddress()) {
            return address;
        }
        Endpoint local = Sockets.localAddress(poller().memory(), accepted);
        if (!local.equals(lastLocal)) {
            lastLocal = local;
        }
        return lastLocal;
    }

    @Override
    public void interest(int interest) throws TransportException {
        requireOpen();
        askFor(interest);
    }

    @Override
    public void close() {
        if (end()) {
            removeFile();
            Sockets.close(fd());
        }
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
        if (isClosed()) {
            throw new TransportException(Errno.EBADF, address + " was closed");
        }
    }
}
