package dev.weir.testkit.simulation;

import dev.weir.transport.Endpoint;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * The other end of a connection: a client that does as the test says, at once. It reads nothing of its own accord. What it sends and
 * does is there for the server's next turn.
 */
public final class SimulatedPeer implements AutoCloseable {
    /** From {@link #offer}: the connection is lost, nothing can be sent any more. */
    public static final int LOST = -1;

    /** How far the peer's input has been read. */
    public enum Input {
        /** Neither the end nor a reset was met yet. */
        OPEN,
        /** The other side has ended its half, and everything before that was read. */
        END,
        /** The connection was reset, or refused. */
        RESET
    }

    private final KernelSocket kernel;
    private Input input = Input.OPEN;

    SimulatedPeer(KernelSocket kernel) {
        this.kernel = kernel;
    }

    /**
     * Sends what there is room for now.
     *
     * @return how many bytes were taken, 0 when there is no room; or {@link #LOST}
     */
    public int offer(byte[] bytes, int from, int count) {
        if (kernel.isClosed() || kernel.isOutputEnded() || kernel.failure() != null) {
            return LOST;
        }
        int taken = Math.min(kernel.room(), count);
        kernel.write(Unpooled.wrappedBuffer(bytes), from, taken);
        return taken;
    }

    /** Reads what has arrived: at most so many bytes, perhaps none. */
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

    /** How far the input has been read; does not read. */
    public Input input() {
        return input;
    }

    /** Ends this side's half: the other side reads all that was sent, then the end. */
    public void halfClose() {
        if (!kernel.isClosed()) {
            kernel.endOutput();
        }
    }

    /** Resets the connection. */
    public void reset() {
        kernel.reset();
    }

    /** Closes the connection: with a reset if something lies unread. */
    @Override
    public void close() {
        kernel.close();
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
