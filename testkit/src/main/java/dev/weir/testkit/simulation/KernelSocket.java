package dev.weir.testkit.simulation;

import dev.weir.fault.Errno;
import dev.weir.transport.Endpoint;
import io.netty.buffer.ByteBuf;

/** What the simulated kernel keeps of one end of a TCP connection. */
final class KernelSocket {
    private final Endpoint local;
    private final Endpoint remote;
    private final Pipe in;
    private final Pipe out;
    private KernelSocket other;
    private boolean established;
    private boolean outputEnded;
    private boolean closed;
    private Errno failure;

    private KernelSocket(Endpoint local, Endpoint remote, Pipe in, Pipe out) {
        this.local = local;
        this.remote = remote;
        this.in = in;
        this.out = out;
    }

    /** The connecting end of a new connection, whose other end waits for its listener. */
    static KernelSocket connecting(Endpoint local, Endpoint remote, Conditions conditions) {
        Pipe up = new Pipe(conditions.sendBufferBytes(), conditions.receiveBufferBytes());
        Pipe down = new Pipe(conditions.sendBufferBytes(), conditions.receiveBufferBytes());
        KernelSocket client = new KernelSocket(local, remote, down, up);
        client.other = new KernelSocket(remote, local, up, down);
        client.other.other = client;
        return client;
    }

    KernelSocket other() {
        return other;
    }

    Endpoint local() {
        return local;
    }

    Endpoint remote() {
        return remote;
    }

    Pipe in() {
        return in;
    }

    Pipe out() {
        return out;
    }

    /** The handshake is done. */
    void establish() {
        established = true;
        other.established = true;
    }

    boolean isEstablished() {
        return established;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isOutputEnded() {
        return outputEnded;
    }

    /** Why it is dead both ways; null while it is not. */
    Errno failure() {
        return failure;
    }

    /** Bytes that {@link #write} takes at the most now; more than there can be where the peer is gone and nobody counts. */
    int room() {
        return other.closed ? Integer.MAX_VALUE : out.room();
    }

    /**
     * Sends bytes for which there is room. A peer that has closed answers with a reset: this send has succeeded, the next one does
     * not.
     */
    void write(ByteBuf from, int index, int count) {
        if (other.closed) {
            fail(Errno.EPIPE);
        } else {
            out.write(from, index, count);
        }
    }

    /** shutdown(2), SHUT_WR. */
    void endOutput() {
        outputEnded = true;
        out.end();
    }

    /** close(2): an end, or a reset where bytes of the peer lie unread (RFC 1122, 4.2.2.13). */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (in.hasBytes()) {
            other.fail(Errno.ECONNRESET);
        } else {
            out.end();
        }
    }

    /** close(2) with linger 0. */
    void reset() {
        if (!closed) {
            closed = true;
            other.fail(Errno.ECONNRESET);
        }
    }

    /** The connection dies: what has not arrived here is lost. */
    void fail(Errno why) {
        if (failure == null) {
            failure = why;
            in.cut();
        }
    }
}
