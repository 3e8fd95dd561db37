package dev.weir.transport.epoll;

import dev.weir.fault.Errno;
import dev.weir.transport.Endpoint;
import dev.weir.transport.Interest;
import dev.weir.transport.PeerCredentials;
import dev.weir.transport.Pieces;
import dev.weir.transport.ReceiveBuffer;
import dev.weir.transport.SocketOption;
import dev.weir.transport.StreamSocket;
import dev.weir.transport.TcpInfo;
import dev.weir.transport.TransportException;
import io.netty.buffer.ByteBuf;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** A connected socket, or one that connects. Owned by one loop at a time. */
final class EpollStreamSocket implements StreamSocket {
    private final int fd;
    private final boolean tcp;
    private final Endpoint remote;
    private Endpoint local;
    private EpollPoller poller;
    private Registration registration;
    private boolean connecting;
    private boolean outputEnded;
    private boolean closed;

    private EpollStreamSocket(EpollPoller poller, int fd, Endpoint local, Endpoint remote, boolean tcp) {
        this.poller = poller;
        this.fd = fd;
        this.local = local;
        this.remote = remote;
        this.tcp = tcp;
    }

    /** Loads this class and those that its calls need. */
    static void load() {
        Sockets.load();
        SocketAddresses.load();
    }

    /** A non-blocking socket that accept4(2) gave. */
    static EpollStreamSocket accepted(EpollPoller poller, int fd, Endpoint local, Endpoint remote) {
        return new EpollStreamSocket(poller, fd, local, remote, local instanceof Endpoint.Inet);
    }

    static EpollStreamSocket connect(EpollPoller poller, Endpoint remote, long token) throws TransportException {
        CallMemory memory = poller.memory();
        int fd = Sockets.open(memory, SocketAddresses.family(remote));
        if (fd < 0) {
            throw Failures.of("cannot connect to ", remote, fd);
        }
        EpollStreamSocket socket =
                new EpollStreamSocket(poller, fd, new Endpoint.Unknown(), remote, remote instanceof Endpoint.Inet);
        try {
            socket.connect(token);
            return socket;
        } catch (TransportException e) {
            throw Sockets.closing(fd, e);
        }
    }

    private void connect(long token) throws TransportException {
        CallMemory memory = poller.memory();
        int length = SocketAddresses.write(remote, memory.address);
        int result = Libc.connect(memory.errno, fd, memory.address.address(), length);
        if (result < 0 && result != -Headers.EINPROGRESS) {
            throw Failures.of("cannot connect to ", remote, result);
        }
        connecting = true;
        Registration place = poller.registration(fd, token, Interest.NONE);
        place.connecting();
        poller.add(place);
        registration = place;
    }

    void register(EpollPoller itsPoller, long token, int interest) throws TransportException {
        requireOpen();
        poller = itsPoller;
        Registration place = itsPoller.registration(fd, token, interest);
        itsPoller.add(place);
        registration = place;
    }

    @Override
    public int receive(ReceiveBuffer into) throws TransportException {
        requireOpen();
        ByteBuf space = into.space();
        int room = space.writableBytes();
        if (room == 0 || !space.hasMemoryAddress()) {
            throw new IllegalArgumentException(
                    "a receive needs free space in native memory, and " + space + " has none");
        }
        long received;
        do {
            received = Libc.recv(poller.memory().errno, fd, space.memoryAddress() + space.writerIndex(), room, 0);
        } while (received == -Headers.EINTR);
        if (received > 0) {
            space.writerIndex(space.writerIndex() + (int) received);
            if (received < room && !holdsInput()) {
                drained();
            }
            return (int) received;
        }
        if (received == -Headers.EAGAIN) {
            drained();
            return WOULD_BLOCK;
        }
        if (registration != null) {
            registration.inputEnded();
        }
        if (received < 0) {
            throw Failures.of("cannot receive from ", remote, received);
        }
        return END_OF_INPUT;
    }

    @Override
    public boolean holdsInput() {
        return registration != null && !closed && registration.mayStopShort();
    }

    private void drained() {
        if (registration != null) {
            registration.drained();
        }
    }

    @Override
    public long send(Pieces pieces) throws TransportException {
        requireOpen();
        if (outputEnded) {
            throw new TransportException(Errno.EPIPE, "cannot send to " + remote + ": this side has ended its half");
        }
        PieceSender sender = poller.sender();
        long sent = sender.send(fd, pieces);
        if (sent < 0) {
            throw Failures.of("cannot send to ", remote, sent);
        }
        if (sender.hasFilled() && registration != null) {
            registration.filled();
        }
        return sent;
    }

    @Override
    public void shutdownOutput() throws TransportException {
        requireOpen();
        int result = Libc.shutdown(poller.memory().errno, fd, Headers.SHUT_WR);
        if (result < 0) {
            throw Failures.of("cannot end the output to ", remote, result);
        }
        outputEnded = true;
    }

    @Override
    public boolean finishConnect() throws TransportException {
        requireOpen();
        if (!connecting) {
            return true;
        }
        CallMemory memory = poller.memory();
        int error = Sockets.takeError(memory, fd);
        if (error < 0) {
            throw Failures.of("cannot connect to ", remote, error);
        }
        if (!hasPeer(memory)) {
            return false;
        }
        connecting = false;
        local = Sockets.localAddress(memory, fd);
        registration.connected();
        return true;
    }

    /** No error yet does not mean that it is connected. */
    private boolean hasPeer(CallMemory memory) throws TransportException {
        memory.addressLength.set(ValueLayout.JAVA_INT, 0, CallMemory.ADDRESS_BYTES);
        int result = Libc.getpeername(memory.errno, fd, memory.address.address(), memory.addressLength.address());
        if (result == -Headers.ENOTCONN) {
            return false;
        }
        if (result < 0) {
            throw Failures.of("cannot connect to ", remote, result);
        }
        return true;
    }

    @Override
    public void interest(int interest) throws TransportException {
        requireOpen();
        if (registration == null) {
            throw new IllegalStateException("the connection to " + remote + " is not registered with a poller");
        }
        registration.interest(interest);
    }

    @Override
    public <T> void option(SocketOption<T> option, T value) throws TransportException {
        requireOpen();
        Options.set(fd, tcp, option, value);
    }

    @Override
    public <T> T option(SocketOption<T> option) throws TransportException {
        requireOpen();
        return Options.get(fd, option);
    }

    @Override
    public Errno failure() {
        int error = closed ? 0 : Sockets.takeError(poller.memory(), fd);
        return error < 0 ? Errno.of(-error) : Errno.ECONNRESET;
    }

    @Override
    public Optional<TcpInfo> tcpInfo() throws TransportException {
        requireOpen();
        return tcp ? Optional.of(SocketFacts.tcpInfo(fd)) : Optional.empty();
    }

    @Override
    public Optional<PeerCredentials> peerCredentials() throws TransportException {
        requireOpen();
        return tcp ? Optional.empty() : Optional.of(SocketFacts.peerCredentials(fd));
    }

    @Override
    public Endpoint localAddress() {
        return local;
    }

    @Override
    public Endpoint remoteAddress() {
        return remote;
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
        Sockets.close(fd);
    }

    @Override
    public void abort() {
        if (!closed) {
            Sockets.resetAtClose(fd);
        }
        close();
    }

    private void requireOpen() throws TransportException {
        if (closed) {
            throw new TransportException(Errno.EBADF, "the connection to " + remote + " was closed");
        }
    }
}
