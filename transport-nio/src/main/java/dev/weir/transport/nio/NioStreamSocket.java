package dev.weir.transport.nio;

import dev.weir.fault.Errno;
import dev.weir.transport.Endpoint;
import dev.weir.transport.Interest;
import dev.weir.transport.Pieces;
import dev.weir.transport.ReceiveBuffer;
import dev.weir.transport.SocketOption;
import dev.weir.transport.StreamSocket;
import dev.weir.transport.TransportException;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A connected socket, or one that connects. Owned by one loop at a time. */
final class NioStreamSocket implements StreamSocket {
    private final SocketChannel channel;
    private final boolean tcp;
    private final Endpoint remote;
    private Endpoint local = new Endpoint.Unknown();
    private PieceWriter writer;
    private Registration registration;
    private int interest;
    private boolean connecting;
    private boolean inputEnded;
    private boolean outputEnded;
    private boolean closed;

    private NioStreamSocket(SocketChannel channel, boolean tcp, Endpoint remote, PieceWriter writer) {
        this.channel = channel;
        this.tcp = tcp;
        this.remote = remote;
        this.writer = writer;
    }

    /**
     * A socket that accept(2) gave, set to non-blocking. Closes the channel if that fails.
     *
     * @param listener where it was accepted: a Unix domain socket's own name may be the one that it was first bound to
     */
    static NioStreamSocket accepted(SocketChannel channel, Endpoint listener, PieceWriter writer) throws IOException {
        try {
            channel.configureBlocking(false);
            Endpoint local = listener instanceof Endpoint.Inet ? Addresses.of(channel.getLocalAddress()) : listener;
            Endpoint remote = Addresses.of(channel.getRemoteAddress());
            NioStreamSocket socket = new NioStreamSocket(channel, local instanceof Endpoint.Inet, remote, writer);
            socket.local = local;
            return socket;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** A non-blocking socket whose connect was called. */
    static NioStreamSocket connecting(SocketChannel channel, Endpoint remote, PieceWriter writer) {
        NioStreamSocket socket = new NioStreamSocket(channel, remote instanceof Endpoint.Inet, remote, writer);
        socket.connecting = true;
        return socket;
    }

    void register(NioPoller poller, long token, int itsInterest) throws TransportException {
        requireOpen();
        registration = poller.add(channel, token);
        writer = poller.writer();
        interest = itsInterest;
        arm();
    }

    @Override
    public int receive(ReceiveBuffer into) throws TransportException {
        ByteBuf space = into.space();
        int at = space.writerIndex();
        int room = PieceWriter.atMost(space, space.writableBytes());
        if (room == 0) {
            throw new IllegalArgumentException("a receive needs free space, and " + space + " has none");
        }
        try {
            int bytes = channel.read(space.internalNioBuffer(at, room));
            if (bytes > 0) {
                space.writerIndex(at + bytes);
                return bytes;
            }
            if (bytes == 0) {
                return WOULD_BLOCK;
            }
        } catch (IOException e) {
            endInput();
            throw failed("receive from", e);
        }
        endInput();
        return END_OF_INPUT;
    }

    /** After the end (or an error) every select would report it again. */
    private void endInput() {
        inputEnded = true;
        arm();
    }

    @Override
    public long send(Pieces pieces) throws TransportException {
        if (outputEnded && !closed) {
            throw new TransportException(Errno.EPIPE, "cannot send to " + remote + ": this side has ended its half");
        }
        try {
            return writer.write(channel, pieces);
        } catch (IOException e) {
            throw failed("send to", e);
        }
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
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            throw failed("end the output to", e);
        }
        outputEnded = true;
        arm();
    }

    @Override
    public boolean finishConnect() throws TransportException {
        try {
            if (connecting && channel.finishConnect()) {
                connecting = false;
                local = Addresses.of(channel.getLocalAddress());
                arm();
            }
        } catch (IOException e) {
            throw failed("connect to", e);
        }
        return !connecting;
    }

    @Override
    public void interest(int bits) throws TransportException {
        requireOpen();
        interest = bits;
        arm();
    }

    private void arm() {
        if (registration != null && channel.isOpen()) {
            registration.arm(operations(), tcp && !connecting && !outputEnded);
        }
    }

    private int operations() {
        if (connecting) {
            // Connected at once: OP_CONNECT would never be reported.
            return channel.isConnected() ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT;
        }
        return ((interest & Interest.READ) != 0 && !inputEnded ? SelectionKey.OP_READ : 0)
                | ((interest & Interest.WRITE) != 0 ? SelectionKey.OP_WRITE : 0);
    }

    @Override
    public <T> void option(SocketOption<T> option, T value) throws TransportException {
        if (tcp) {
            Options.set(channel, option, value);
        } else {
            Options.setOnUnix(channel, option, value);
        }
    }

    @Override
    public <T> T option(SocketOption<T> option) throws TransportException {
        return Options.get(channel, option);
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
        try {
            channel.close();
        } catch (IOException e) {
            // close(2) gives the descriptor back whatever it answers, and nobody can do more for the connection.
        }
    }

    @Override
    public void abort() {
        if (!closed) {
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException e) {
                // Already dead: there is nobody left to reset.
            }
        }
        close();
    }

    private void requireOpen() throws TransportException {
        if (closed) {
            throw new TransportException(Errno.EBADF, "the connection to " + remote + " was closed");
        }
    }

    private TransportException failed(String what, IOException thrown) {
        return Failures.of("cannot " + what + " " + remote, thrown);
    }
}
