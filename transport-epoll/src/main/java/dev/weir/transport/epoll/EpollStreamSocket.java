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
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** A connected socket, or one that connects. Owned by one loop at a time. */
final class EpollStreamSocket extends EpollSocket implements StreamSocket {
    private final boolean tcp;
    /** The peer's IPv4 address and port; {@link SocketAddresses#NO_INET4} where it has another. Five objects less than an Endpoint. */
    private final long inet4Peer;
    /** The peer's address as the kernel has it, where it is none of IPv4; else null. */
    private final byte[] otherPeer;

    private Endpoint local;
    private boolean outputEnded;

    /**
     * A non-blocking socket.
     *
     * @param inet4Peer the peer's address, packed by {@link SocketAddresses#packInet4}
     * @param otherPeer the same as the kernel has it, for every other family
     */
    EpollStreamSocket(EpollPoller poller, int fd, Endpoint local, long inet4Peer, byte[] otherPeer) {
        this(poller, fd, local, local instanceof Endpoint.Inet, inet4Peer, otherPeer);
    }

    private EpollStreamSocket(
            EpollPoller poller, int fd, Endpoint local, boolean tcp, long inet4Peer, byte[] otherPeer) {
        super(poller, fd);
        this.local = local;
        this.tcp = tcp;
        this.inet4Peer = inet4Peer;
        this.otherPeer = otherPeer;
    }

    /** Loads this class and those that its calls need. */
    static void load() {
        Sockets.load();
        SocketAddresses.load();
    }

    static EpollStreamSocket connect(EpollPoller poller, Endpoint remote, long token) throws TransportException {
        CallMemory memory = poller.memory();
        int fd = Sockets.open(memory, SocketAddresses.family(remote));
        if (fd < 0) {
            throw Failures.of("cannot connect to ", remote, fd);
        }
        try {
            int length = SocketAddresses.write(remote, memory.address);
            EpollStreamSocket socket = new EpollStreamSocket(
                    poller,
                    fd,
                    new Endpoint.Unknown(),
                    remote instanceof Endpoint.Inet,
                    SocketAddresses.NO_INET4,
                    SocketAddresses.copy(memory.address, length));
            int result = Libc.connect(memory.errno, fd, memory.address.address(), length);
            if (result < 0 && result != -Headers.EINPROGRESS) {
                throw Failures.of("cannot connect to ", remote, result);
            }
            socket.connecting();
            socket.registerWith(poller, token, Interest.NONE);
            return socket;
        } catch (TransportException e) {
            throw Sockets.closing(fd, e);
        }
    }

    void register(EpollPoller itsPoller, long token, int interest) throws TransportException {
        requireOpen();
        registerWith(itsPoller, token, interest);
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
            received = Libc.recv(poller().memory().errno, fd(), space.memoryAddress() + space.writerIndex(), room, 0);
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
        inputEnded();
        if (received < 0) {
            throw Failures.of("cannot receive from ", remoteAddress(), received);
        }
        return END_OF_INPUT;
    }

    @Override
    public boolean holdsInput() {
        return !isClosed() && mayStopShort();
    }

    @Override
    public long send(Pieces pieces) throws TransportException {
        requireOpen();
        if (outputEnded) {
            throw new TransportException(
                    Errno.EPIPE, "cannot send to " + remoteAddress() + ": this side has ended its half");
        }
        PieceSender sender = poller().sender();
        long sent = sender.send(fd(), pieces);
        if (sent < 0) {
            throw Failures.of("cannot send to ", remoteAddress(), sent);
        }
        if (sender.hasFilled()) {
            filled();
        }
        return sent;
    }

    @Override
    public boolean sendsAtOnce() {
        return true;
    }

    @Override
    public boolean endsByClose() {
        return true;
    }

    @Override
    public void shutdownOutput() throws TransportException {
        requireOpen();
        int result = Libc.shutdown(poller().memory().errno, fd(), Headers.SHUT_WR);
        if (result < 0) {
            throw Failures.of("cannot end the output to ", remoteAddress(), result);
        }
        outputEnded = true;
    }

    @Override
    public boolean finishConnect() throws TransportException {
        requireOpen();
        if (!isConnecting()) {
            return true;
        }
        CallMemory memory = poller().memory();
        int error = Sockets.takeError(memory, fd());
        if (error < 0) {
            throw Failures.of("cannot connect to ", remoteAddress(), error);
        }
        if (!hasPeer(memory)) {
            return false;
        }
        local = Sockets.localAddress(memory, fd());
        connected();
        return true;
    }

    /** No error yet does not mean that it is connected. */
    private boolean hasPeer(CallMemory memory) throws TransportException {
        memory.addressLength.set(ValueLayout.JAVA_INT, 0, CallMemory.ADDRESS_BYTES);
        int result = Libc.getpeername(memory.errno, fd(), memory.address.address(), memory.addressLength.address());
        if (result == -Headers.ENOTCONN) {
            return false;
        }
        if (result < 0) {
            throw Failures.of("cannot connect to ", remoteAddress(), result);
        }
        return true;
    }

    @Override
    public void interest(int interest) throws TransportException {
        requireOpen();
        askFor(interest);
    }

    @Override
    public <T> void option(SocketOption<T> option, T value) throws TransportException {
        requireOpen();
        if (isRegistered()) {
            Options.set(poller().memory().errno, poller().memory().number, fd(), tcp, option, value);
            return;
        }
        // The poller that it has so far may be another thread's.
        try (Arena arena = Arena.ofConfined()) {
            Options.set(arena.allocate(Libc.ERRNO), arena.allocate(ValueLayout.JAVA_INT), fd(), tcp, option, value);
        }
    }

    @Override
    public <T> T option(SocketOption<T> option) throws TransportException {
        requireOpen();
        return Options.get(fd(), option);
    }

    @Override
    public Errno failure() {
        int error = isClosed() ? 0 : Sockets.takeError(poller().memory(), fd());
        return error < 0 ? Errno.of(-error) : Errno.ECONNRESET;
    }

    @Override
    public Optional<TcpInfo> tcpInfo() throws TransportException {
        requireOpen();
        return tcp ? Optional.of(SocketFacts.tcpInfo(fd())) : Optional.empty();
    }

    @Override
    public Optional<PeerCredentials> peerCredentials() throws TransportException {
        requireOpen();
        return tcp ? Optional.empty() : Optional.of(SocketFacts.peerCredentials(fd()));
    }

    @Override
    public Endpoint localAddress() {
        return local;
    }

    @Override
    public Endpoint remoteAddress() {
        return otherPeer == null
                ? SocketAddresses.unpackInet4(inet4Peer)
                : SocketAddresses.read(MemorySegment.ofArray(otherPeer), otherPeer.length);
    }

    @Override
    Trigger trigger() {
        return poller().trigger();
    }

    @Override
    String name() {
        return "the connection to " + remoteAddress();
    }

    @Override
    public void close() {
        if (end()) {
            Sockets.close(fd());
        }
    }

    @Override
    public void abort() {
        if (!isClosed()) {
            Sockets.resetAtClose(fd());
        }
        close();
    }

    private void requireOpen() throws TransportException {
        if (isClosed()) {
            throw new TransportException(Errno.EBADF, name() + " was closed");
        }
    }
}
