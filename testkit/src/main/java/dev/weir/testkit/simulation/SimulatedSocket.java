package dev.weir.testkit.simulation;

import dev.weir.fault.Errno;
import dev.weir.transport.Endpoint;
import dev.weir.transport.Pieces;
import dev.weir.transport.Readiness;
import dev.weir.transport.ReceiveBuffer;
import dev.weir.transport.SocketOption;
import dev.weir.transport.StreamSocket;
import dev.weir.transport.TransportException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HashMap;
import java.util.Map;

/** A socket of the process under test, with a descriptor. It does to its caller what the seed wants. */
final class SimulatedSocket implements StreamSocket, Registration.Source {
    private final SimulatedNetwork network;
    private final Faults faults;
    private final KernelSocket kernel;
    private final Endpoint remote;
    private final boolean endsByClose;
    private final Map<SocketOption<?>, Object> options = new HashMap<>();
    private Registration registration;
    private boolean connecting;
    private boolean outcomeKnown;
    private boolean endReceived;
    private boolean sendsBlocked;
    private int held;
    private PendingSend pending;
    private boolean closed;

    /** A connection that was accepted; the caller has taken its descriptor. */
    SimulatedSocket(SimulatedNetwork network, KernelSocket kernel, Endpoint remote) {
        this.network = network;
        this.faults = network.faults();
        this.kernel = kernel;
        this.remote = remote;
        this.endsByClose = faults.random().nextBoolean();
        network.add(this);
    }

    /** A connection under way; the caller has taken its descriptor. */
    static SimulatedSocket connecting(SimulatedNetwork network, KernelSocket kernel) {
        SimulatedSocket socket = new SimulatedSocket(network, kernel, kernel.remote());
        socket.connecting = true;
        return socket;
    }

    /** Gives it from its listening socket what connections have from that. */
    void inherit(Map<SocketOption<?>, Object> listening) {
        options.putAll(listening);
        options.keySet().retainAll(SimulatedTransport.CAPABILITIES.inheritedOptions());
    }

    void register(Registration itsRegistration) throws TransportException {
        requireOpen();
        if (registration != null) {
            throw new IllegalStateException("the connection with " + remote + " is registered already");
        }
        registration = itsRegistration;
    }

    /** Time passes. */
    void step() {
        outcomeKnown = kernel.isEstablished() || kernel.failure() != null;
        kernel.in().arrive();
        sendsBlocked = false;
    }

    Registration registration() {
        return registration;
    }

    @Override
    public int readiness() {
        boolean failed = kernel.failure() != null;
        if (connecting) {
            return !outcomeKnown ? 0 : Readiness.WRITABLE | (failed ? Readiness.FAILED : 0);
        }
        boolean ended = kernel.in().endArrived();
        boolean readable = !endReceived && (kernel.in().arrived() > held || ended || failed);
        boolean writable = failed || (pending == null && !sendsBlocked && kernel.room() > 0);
        return (readable ? Readiness.READABLE : 0)
                | (writable ? Readiness.WRITABLE : 0)
                | ((ended || failed) && !endReceived ? Readiness.PEER_ENDED : 0)
                | (failed ? Readiness.FAILED : 0);
    }

    @Override
    public int alwaysAsked() {
        return connecting ? Readiness.WRITABLE | Readiness.FAILED : 0;
    }

    @Override
    public int receive(ReceiveBuffer into) throws TransportException {
        network.called(SimulatedCall.RECEIVE);
        requireOpen();
        int room = into.space().writableBytes();
        if (room == 0) {
            throw new IllegalArgumentException("a receive needs free space, and " + into.space() + " has none");
        }
        int there = kernel.in().arrived();
        if (there == 0) {
            return receiveEnd();
        }
        boolean announced = kernel.in().endArrived() || kernel.failure() != null;
        if (!announced && held == 0 && faults.strikes(InjectedFault.READ_WOULD_BLOCK)) {
            kernel.in().delayBeyond(0);
            return usedUp(WOULD_BLOCK);
        }
        if (faults.strikes(InjectedFault.LENT_BUFFER)) {
            return lend(into, faults.between(1, there));
        }
        return take(into, Math.min(there, room), there, room, announced);
    }

    private int receiveEnd() throws TransportException {
        if (kernel.in().endArrived()) {
            endReceived = true;
            return END_OF_INPUT;
        }
        if (kernel.failure() != null) {
            throw new TransportException(kernel.failure(), kernel.failure().text());
        }
        return usedUp(WOULD_BLOCK);
    }

    private int lend(ReceiveBuffer into, int count) {
        ByteBuf lent = network.lend(count);
        kernel.in().read(lent, count);
        held = Math.max(0, held - count);
        into.lend(lent);
        return count;
    }

    private int take(ReceiveBuffer into, int most, int there, int room, boolean announced) {
        int count = most;
        boolean holds = false;
        if (most > 1 && held == 0) {
            holds = faults.strikes(InjectedFault.HELD_INPUT);
            if (holds || faults.strikes(InjectedFault.SHORT_READ)) {
                count = faults.between(1, most - 1);
            }
        }
        if (count < most && !holds && !announced) {
            kernel.in().delayBeyond(count);
        }
        kernel.in().read(into.space(), count);
        held = holds ? there - count : Math.max(0, held - count);
        return count < room && !announced ? usedUp(count) : count;
    }

    /** The caller knows now that there is no more; what comes later is news. */
    private int usedUp(int answer) {
        owe(Readiness.READABLE);
        return answer;
    }

    private void owe(int bits) {
        if (registration != null) {
            registration.owe(bits);
        }
    }

    @Override
    public boolean holdsInput() {
        return held > 0 && !closed;
    }

    @Override
    public long send(Pieces pieces) throws TransportException {
        network.called(SimulatedCall.SEND);
        requireOpen();
        if (pending != null) {
            throw new IllegalStateException("sent to " + remote + " while a send is pending");
        }
        if (kernel.isOutputEnded()) {
            throw new TransportException(Errno.EPIPE, "this side has ended its half");
        }
        if (kernel.failure() != null) {
            throw new TransportException(Errno.EPIPE, Errno.EPIPE.text());
        }
        if (registration != null && faults.strikes(InjectedFault.PENDING_SEND)) {
            pending = new PendingSend(pieces);
            return PENDING;
        }
        return sendNow(pieces);
    }

    @Override
    public boolean endsByClose() {
        return endsByClose;
    }

    @Override
    public boolean sendsAtOnce() {
        return !faults.include(InjectedFault.PENDING_SEND);
    }

    private long sendNow(Pieces pieces) throws TransportException {
        int room = sendsBlocked ? 0 : kernel.room();
        if (room > 0 && faults.strikes(InjectedFault.WRITE_WOULD_BLOCK)) {
            room = 0;
            sendsBlocked = true;
        }
        ByteBuf offered = offered(pieces, room);
        int count = Math.min(room, offered.readableBytes());
        if (count > 1 && faults.strikes(InjectedFault.SHORT_WRITE)) {
            count = faults.between(1, count - 1);
            sendsBlocked = true;
        }
        kernel.write(offered, 0, count);
        if (count < size(pieces)) {
            owe(Readiness.WRITABLE);
        }
        return count;
    }

    private static long size(Pieces pieces) {
        long size = 0;
        for (int i = 0; i < pieces.count(); i++) {
            size += pieces.bytes(i) != null
                    ? pieces.bytes(i).readableBytes()
                    : pieces.file(i).remaining();
        }
        return size;
    }

    /** What one call takes at the most: buffers up to the first file, as writev(2), or a file, as sendfile(2). */
    private static ByteBuf offered(Pieces pieces, int room) throws TransportException {
        ByteBuf offered = Unpooled.buffer();
        for (int i = 0; i < pieces.count() && offered.readableBytes() < room; i++) {
            ByteBuf bytes = pieces.bytes(i);
            if (bytes != null) {
                int count = Math.min(bytes.readableBytes(), room - offered.readableBytes());
                offered.writeBytes(bytes, bytes.readerIndex(), count);
            } else if (offered.isReadable() || FileReading.append(pieces.file(i), offered, room) > 0) {
                break;
            }
        }
        return offered;
    }

    PendingSend pending() {
        return pending;
    }

    /**
     * Goes on with a pending send.
     *
     * @return the bytes that it has sent, 0 when it failed; -1 when it is not done yet
     */
    long finishPending() {
        int room = kernel.room();
        if (kernel.failure() == null && (room == 0 || sendsBlocked)) {
            return -1;
        }
        int count = 0;
        if (kernel.failure() == null) {
            count = Math.min(room, pending.size());
            if (count > 1 && faults.strikes(InjectedFault.SHORT_WRITE)) {
                count = faults.between(1, count - 1);
            }
            pending.complete(kernel, count);
        }
        pending = null;
        return count;
    }

    boolean hasFailed() {
        return kernel.failure() != null;
    }

    @Override
    public void shutdownOutput() throws TransportException {
        network.called(SimulatedCall.SHUTDOWN_OUTPUT);
        requireOpen();
        if (pending != null) {
            throw new IllegalStateException("ended the output to " + remote + " while a send is pending");
        }
        if (kernel.failure() != null) {
            throw new TransportException(Errno.ENOTCONN, Errno.ENOTCONN.text());
        }
        kernel.endOutput();
    }

    @Override
    public boolean finishConnect() throws TransportException {
        requireOpen();
        if (connecting && outcomeKnown) {
            if (kernel.failure() != null) {
                throw new TransportException(kernel.failure(), kernel.failure().text());
            }
            connecting = false;
            owe(Readiness.READABLE | Readiness.PEER_ENDED | Readiness.FAILED);
        }
        return !connecting;
    }

    @Override
    public void interest(int bits) throws TransportException {
        network.called(SimulatedCall.INTEREST);
        requireOpen();
        registration.interest(bits);
    }

    @Override
    public <T> void option(SocketOption<T> option, T value) throws TransportException {
        requireOpen();
        requireKnown(option);
        if (option == SocketOption.SEND_BUFFER) {
            kernel.out().sendBuffer((Integer) value);
        } else if (option == SocketOption.RECEIVE_BUFFER) {
            kernel.in().receiveBuffer((Integer) value);
        }
        options.put(option, value);
    }

    @Override
    public <T> T option(SocketOption<T> option) throws TransportException {
        requireOpen();
        requireKnown(option);
        return option.type().cast(options.getOrDefault(option, SimulatedTransport.unset(option, network.conditions())));
    }

    private static void requireKnown(SocketOption<?> option) throws TransportException {
        if (!SimulatedTransport.CAPABILITIES.streamOptions().contains(option)) {
            throw new TransportException(Errno.ENOPROTOOPT, option + ": " + Errno.ENOPROTOOPT.text());
        }
    }

    @Override
    public Endpoint localAddress() {
        return kernel.local();
    }

    @Override
    public Endpoint remoteAddress() {
        return remote;
    }

    @Override
    public void close() {
        if (!closed) {
            network.called(SimulatedCall.CLOSE);
            end();
            kernel.close();
        }
    }

    @Override
    public void abort() {
        if (!closed) {
            network.called(SimulatedCall.ABORT);
            end();
            kernel.reset();
        }
    }

    private void end() {
        closed = true;
        if (pending != null) {
            pending.checkUntouched();
            pending = null;
        }
        if (registration != null) {
            registration.end();
        }
        network.remove(this);
        network.giveDescriptorBack();
    }

    private void requireOpen() throws TransportException {
        if (closed) {
            throw new TransportException(Errno.EBADF, "the connection with " + remote + " was closed");
        }
    }
}
