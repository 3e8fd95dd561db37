package dev.weir.testkit;

import dev.weir.loop.EventLoop;
import dev.weir.server.Weir;
import dev.weir.time.Clock;
import dev.weir.transport.Endpoint;
import dev.weir.transport.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A transport over the sockets of the operating system, with {@link TestClient}s at the other end, on the loopback interface. */
public final class RealSockets implements TransportSubject {
    /** A minute before readings turn negative, so that a run in which more passes finds who compares readings themselves. */
    private static final long START_NANOS =
            Long.MAX_VALUE - Duration.ofMinutes(1).toNanos();

    private final Transport transport;
    private final boolean callerDriven;
    private final int receiveBytes;
    private final Clock clock;
    private final AtomicLong now = new AtomicLong(START_NANOS);
    private Weir driven;

    private RealSockets(Transport transport, boolean callerDriven, int receiveBytes) {
        this.transport = transport;
        this.callerDriven = callerDriven;
        this.receiveBytes = receiveBytes;
        this.clock = callerDriven ? now::get : Clock.system();
    }

    /** The Weir under test turns only while the test waits, and its time stands still: the same seed gives about the same run. */
    public static RealSockets callerDriven(Transport transport) {
        return new RealSockets(transport, true, EventLoop.RECEIVE_BYTES);
    }

    /** The Weir under test runs by itself, with threads and in real time. */
    public static RealSockets withThreads(Transport transport) {
        return new RealSockets(transport, false, EventLoop.RECEIVE_BYTES);
    }

    /** The same, with loops that receive at most so many bytes at a time. */
    public RealSockets receiving(int bytes) {
        return new RealSockets(transport, callerDriven, bytes);
    }

    @Override
    public int receiveBytes() {
        return receiveBytes;
    }

    @Override
    public Transport transport() {
        return transport;
    }

    @Override
    public String listenAddress() {
        return "127.0.0.1:0";
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public boolean isCallerDriven() {
        return callerDriven;
    }

    @Override
    public void drive(Weir weir) {
        driven = weir;
    }

    @Override
    public void advance(Duration time) {
        if (!callerDriven) {
            throw new IllegalStateException("real time moves by itself");
        }
        now.addAndGet(time.toNanos());
    }

    @Override
    public void until(String what, BooleanSupplier condition) {
        Waiting waiting = callerDriven && driven != null ? Waiting.whileDoing(this::turn) : Waiting.forOthers();
        waiting.until(what, condition);
    }

    private void turn() {
        if (!driven.turn()) {
            // What is missing is the kernel's to do, or a virtual thread's.
            LockSupport.parkNanos(1);
        }
    }

    @Override
    public Peer connect(Endpoint server, int receiveBufferBytes) throws IOException {
        return TestClient.connect(server, receiveBufferBytes, this);
    }

    @Override
    public void close() {
        // Peers and pollers are others' to close.
    }
}
