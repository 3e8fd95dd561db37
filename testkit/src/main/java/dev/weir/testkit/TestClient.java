package dev.weir.testkit;

import dev.weir.fault.Errno;
import dev.weir.transport.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** A {@link Peer} over a real socket, TCP or Unix. One thread. */
public final class TestClient implements Peer {
    private static final int TAKEN_AT_ONCE = 64 * 1024;

    private final SocketChannel channel;
    private final Waiting waiting;
    private Input input = Input.OPEN;
    private boolean wasReset;
    private boolean lost;

    private TestClient(SocketChannel channel, Waiting waiting) {
        this.channel = channel;
        this.waiting = waiting;
    }

    /** Connects to a server that runs by itself. */
    public static TestClient connect(Endpoint server) throws IOException {
        return connect(server, 0, Waiting.forOthers());
    }

    /**
     * Connects.
     *
     * @param receiveBufferBytes SO_RCVBUF, which the kernel doubles and has its own least for; 0 leaves it to the system
     * @param waiting how this client waits
     * @throws IOException when it cannot, which {@link Errno#of(IOException)} tells apart
     */
    public static TestClient connect(Endpoint server, int receiveBufferBytes, Waiting waiting) throws IOException {
        return connect(server, receiveBufferBytes, waiting, Optional.empty());
    }

    /** Connects over TCP from this address of the host. Throws as the others do. */
    static TestClient connectFrom(InetAddress own, Endpoint server, Waiting waiting) throws IOException {
        return connect(server, 0, waiting, Optional.of(new InetSocketAddress(own, 0)));
    }

    private static TestClient connect(
            Endpoint server, int receiveBufferBytes, Waiting waiting, Optional<InetSocketAddress> own)
            throws IOException {
        SocketChannel channel = server instanceof Endpoint.Unix
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
        try {
            if (receiveBufferBytes > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
            }
            if (own.isPresent()) {
                channel.bind(own.get());
            }
            // The kernel answers for a listening socket, so this does not wait for the server's code.
            channel.connect(
                    switch (server) {
                        case Endpoint.Inet(InetSocketAddress address) -> address;
                        case Endpoint.Unix(var path) -> UnixDomainSocketAddress.of(path);
                        default -> throw new IllegalArgumentException("cannot connect to " + server);
                    });
            channel.configureBlocking(false);
            return new TestClient(channel, waiting);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public int offer(byte[] bytes, int from, int count) {
        if (lost || !channel.isOpen()) {
            return LOST;
        }
        try {
            return channel.write(ByteBuffer.wrap(bytes, from, count));
        } catch (IOException e) {
            lost = true;
            // The kernel tells an error once: whoever reads next would take the reset for an end.
            wasReset |= Errno.of(e) == Errno.ECONNRESET;
            return LOST;
        }
    }

    @Override
    public byte[] take(int most) {
        if (input != Input.OPEN || !channel.isOpen() || most == 0) {
            return new byte[0];
        }
        ByteBuffer into = ByteBuffer.allocate(Math.min(most, TAKEN_AT_ONCE));
        try {
            if (channel.read(into) < 0) {
                input = wasReset ? Input.RESET : Input.END;
            }
        } catch (IOException e) {
            input = Input.RESET;
            lost = true;
        }
        byte[] taken = new byte[into.position()];
        into.flip().get(taken);
        return taken;
    }

    @Override
    public Input input() {
        return input;
    }

    @Override
    public void halfClose() {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            // The other side was faster: there is no half left to end.
            lost = true;
        }
    }

    @Override
    public void reset() {
        try {
            if (channel.isOpen() && channel.supportedOptions().contains(StandardSocketOptions.SO_LINGER)) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException e) {
            // Dead already.
            lost = true;
        }
        close();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Waiting waiting() {
        return waiting;
    }
}
