package dev.weir.testkit;

import dev.weir.loop.EventLoop;
import dev.weir.server.Weir;
import dev.weir.time.Clock;
import dev.weir.transport.Endpoint;
import dev.weir.transport.Transport;
import java.io.IOException;
import java.time.Duration;

/**
 * How a contract gets at a transport under test: the transport, peers for it, time, and how to wait. One is made for each run of a
 * law, and closed after it. One thread.
 */
public interface TransportSubject extends Waiting, AutoCloseable {

    /** The transport; the same at every call. */
    Transport transport();

    /** An address on which a server may listen, as the configuration has it, with a free port or name. */
    String listenAddress();

    /** What a Weir on this transport is to measure time by. */
    Clock clock();

    /**
     * True when the Weir under test has no threads of its own: {@link #until} turns it, and time stands still but for {@link
     * #advance}. False when it runs by itself, in real time.
     */
    boolean isCallerDriven();

    /** From now on {@link #until} lets this Weir go on. Called before it is started. */
    void drive(Weir weir);

    /** The size of a loop's receive buffer: a small one cuts off everything in the middle. */
    default int receiveBytes() {
        return EventLoop.RECEIVE_BYTES;
    }

    /** Moves the clock on, without a turn. Only when caller-driven. */
    void advance(Duration time);

    /**
     * Connects a peer; need not wait until the server has accepted it.
     *
     * @param receiveBufferBytes how much the peer's side takes in while it does not read, about; 0 for what is usual
     * @throws IOException when nobody listens there
     */
    Peer connect(Endpoint server, int receiveBufferBytes) throws IOException;

    /** Descriptors that the transport has open: those of this process, unless it counts its own. */
    default long openDescriptors() throws IOException {
        return Descriptors.open();
    }

    /** Gives back what it has opened; peers are closed by those who asked for them. */
    @Override
    void close();
}
