package dev.weir.testkit.simulation;

import dev.weir.testkit.Peer;
import dev.weir.testkit.Waiting;
import dev.weir.transport.Endpoint;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * The other end of a connection: a client that does as the test says, at once. It reads nothing of its own accord. What it sends and
 * does is there for the server's next turn.
 */
public final class SimulatedPeer implements Peer {
    private final KernelSocket kernel;
    private final Waiting waiting;
    private Input input = Input.OPEN;

    SimulatedPeer(KernelSocket kernel, Waiting waiting) {
        this.kernel = kernel;
        this.waiting = waiting;
    }

    @Override
    public int offer(byte[] bytes, int from, int count) {
        if (kernel.isClosed() || kernel.isOutputEnded() || kernel.failure() != null) {
            return LOST;
        }
        int taken = Math.min(kernel.room(), count);
        kernel.write(Unpooled.wrappedBuffer(bytes), from, taken);
        return taken;
    }

    @Override
    public byte[] take(int most) {
        if (kernel.isClosed() || input != Input.OPEN) {
            return new byte[0];
        }
        Pipe in = kernel.in();
        byte[] taken = new byte[Math.min(most, in.arrived())];
        ByteBuf into = Unpooled.wrappedBuffer(taken).clear();
        in.read(into, taken.length);
        if (taken.length == 0 && in.arrived() == 0) {
            input = in.endArrived() ? Input.END : kernel.failure() != null ? Input.RESET : Input.OPEN;
        }
        return taken;
    }

    @Override
    public Input input() {
        return input;
    }

    @Override
    public void halfClose() {
        if (!kernel.isClosed()) {
            kernel.endOutput();
        }
    }

    @Override
    public void reset() {
        kernel.reset();
    }

    /** Closes the connection: with a reset if something lies unread. */
    @Override
    public void close() {
        kernel.close();
    }

    /** As whoever made the connection lets time go on: see {@link SimulatedTransport#connect} and {@link SimulatedSubject}. */
    @Override
    public Waiting waiting() {
        return waiting;
    }

    /** True when the handshake is done: the connection is in the listener's queue, or accepted. */
    public boolean isConnected() {
        return kernel.isEstablished();
    }

    /** Its own address. */
    public Endpoint localAddress() {
        return kernel.local();
    }
}
