package dev.weir.testkit.holding;

import dev.weir.time.Clock;
import dev.weir.transport.Availability;
import dev.weir.transport.Capabilities;
import dev.weir.transport.Poller;
import dev.weir.transport.Transport;
import dev.weir.transport.TransportException;
import java.io.Closeable;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A transport over another one that changes no byte and is as unpleasant as TLS: it takes more from the other transport than it gives
 * away, so that {@code holdsInput} is true though no event comes; and, where asked for, a send now and then gives nothing until
 * something was read, and what that read finds is announced by no event either. Any thread, as far as the other transport allows.
 */
public final class HoldingTransport implements Transport {
    private final Transport inner;
    private final Random random;
    private final double sendsThatReadFirst;
    private final AtomicLong heldBack = new AtomicLong();
    private final AtomicLong readFirst = new AtomicLong();

    private HoldingTransport(Transport inner, long seed, double sendsThatReadFirst) {
        this.inner = inner;
        this.random = new Random(seed);
        this.sendsThatReadFirst = sendsThatReadFirst;
    }

    /** Holds input back. */
    public static HoldingTransport over(Transport inner, long seed) {
        return new HoldingTransport(inner, seed, 0);
    }

    /** Holds input back, and a third of the sends wait for a read. */
    public static HoldingTransport readingFirst(Transport inner, long seed) {
        return new HoldingTransport(inner, seed, 1 / 3.0);
    }

    /** How often a receive gave less than was there. */
    public long heldBack() {
        return heldBack.get();
    }

    /** How often a send had to wait for a read. */
    public long readFirst() {
        return readFirst.get();
    }

    /** How much of so many bytes to give, which may be all. */
    int some(int bytes) {
        int given = random.nextBoolean() ? bytes : random.nextInt(1, bytes + 1);
        if (given < bytes) {
            heldBack.incrementAndGet();
        }
        return given;
    }

    /** Whether the next send is one that waits for a read. */
    boolean drawReadFirst() {
        boolean drawn = random.nextDouble() < sendsThatReadFirst;
        if (drawn) {
            readFirst.incrementAndGet();
        }
        return drawn;
    }

    boolean flip() {
        return random.nextBoolean();
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public Availability availability() {
        return inner.availability();
    }

    @Override
    public Capabilities capabilities() {
        return inner.capabilities();
    }

    @Override
    public Poller openPoller(Clock clock) throws TransportException {
        return new HoldingPoller(inner.openPoller(clock), this);
    }

    @Override
    public Closeable spareDescriptor() throws IOException {
        return inner.spareDescriptor();
    }

    @Override
    public String toString() {
        return "holding transport over " + inner;
    }
}
