package dev.weir.engine;

import dev.weir.transport.ListeningSocket;
import dev.weir.transport.StreamSocket;
import dev.weir.transport.Transport;
import dev.weir.transport.TransportException;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Descriptors that are kept for the moment when there is no other: one is given up, those who wait are accepted with it and sent away
 * one after the other, and it is taken back. Shared by all listeners of the process; any thread. One listener does so at a time, and
 * meanwhile no other accepts: it would snatch the descriptor.
 */
public final class SpareDescriptors implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpareDescriptors.class);

    /** How sending away went. */
    enum Outcome {
        /** Nobody waits any more. */
        QUEUE_EMPTY,
        /** As many were sent away as were asked for; more may wait. */
        MORE_MAY_WAIT,
        /** There is no spare descriptor, or somebody else has taken it when it was given up. */
        NO_DESCRIPTOR
    }

    private final Transport transport;
    private final Deque<Closeable> held = new ArrayDeque<>();
    private int wanted;
    /** True while one is given up. Read without the lock: who reads it a moment too early may snatch the descriptor, and finds that out. */
    private volatile boolean givenUp;
    /** How often one was given up. */
    private final AtomicInteger givings = new AtomicInteger();

    /** None yet. */
    public SpareDescriptors(Transport transport) {
        this.transport = transport;
    }

    /**
     * Takes so many, one for each loop that listens. Gives one up and takes it back, so that what that needs is loaded while there are
     * descriptors to load it with.
     */
    public synchronized void take(int count) {
        wanted = count;
        giveUp();
        refill();
        giveUp();
        refill();
        if (held.size() < wanted) {
            LOG.warn(
                    "only {} of {} spare descriptors can be had: when there are no others, clients wait and are not sent away",
                    held.size(),
                    wanted);
        }
    }

    /** How often a spare descriptor was given up so far, for {@link #wasSnatched}. Any thread, without waiting. */
    int givings() {
        return givings.get();
    }

    /**
     * Whether the descriptor of a connection that was just accepted is one that another listener had given up for those whom it sends
     * away. Then it is to be closed, and a spare to be taken in its place ({@link #refill}). Waits until the other is done.
     *
     * @param before what {@link #givings} said before the accept
     */
    boolean wasSnatched(int before) {
        return givings.get() != before && isOneMissing();
    }

    private synchronized boolean isOneMissing() {
        return held.size() < wanted;
    }

    /** Accepts, but not while a spare descriptor is given up: that is for somebody else. */
    StreamSocket accept(ListeningSocket socket) throws TransportException {
        if (!givenUp) {
            return socket.accept();
        }
        synchronized (this) {
            return socket.accept();
        }
    }

    /**
     * Accepts who waits, by means of a spare descriptor.
     *
     * @param most how many, 1 or more; those that are lost while they are accepted count, too
     * @param sendAway closes each at once
     */
    synchronized Outcome acceptAnd(Consumer<StreamSocket> sendAway, ListeningSocket socket, int most) {
        refill();
        if (!giveUp()) {
            return Outcome.NO_DESCRIPTOR;
        }
        try {
            for (int tried = 0; tried < most; tried++) {
                if (!acceptOne(sendAway, socket)) {
                    return Outcome.QUEUE_EMPTY;
                }
            }
            return Outcome.MORE_MAY_WAIT;
        } catch (TransportException e) {
            LOG.debug("a spare descriptor did not help: {}", e.getMessage());
            return Outcome.NO_DESCRIPTOR;
        } finally {
            refill();
        }
    }

    /** @return false when nobody waits */
    private static boolean acceptOne(Consumer<StreamSocket> sendAway, ListeningSocket socket)
            throws TransportException {
        StreamSocket waiting;
        try {
            waiting = socket.accept();
        } catch (TransportException e) {
            if (e.errno().isLostWhileAccepting()) {
                return true;
            }
            throw e;
        }
        if (waiting == null) {
            return false;
        }
        sendAway.accept(waiting);
        return true;
    }

    /** Does this while one is given up, for what needs a descriptor when there is no other. */
    public synchronized void without(Runnable work) {
        giveUp();
        try {
            work.run();
        } finally {
            refill();
        }
    }

    /** Takes back what was given up and could not be had since, as far as that is to be had now. */
    synchronized void refill() {
        try {
            while (held.size() < wanted) {
                held.push(transport.spareDescriptor());
            }
        } catch (IOException e) {
            LOG.debug("a spare descriptor cannot be had: {}", e.toString());
        }
        givenUp = false;
    }

    private boolean giveUp() {
        Closeable spare = held.poll();
        if (spare == null) {
            return false;
        }
        // In this order: who knows of this giving also knows that one is given up.
        givenUp = true;
        givings.incrementAndGet();
        close(spare);
        return true;
    }

    /** Gives all back. */
    @Override
    public synchronized void close() {
        wanted = 0;
        held.forEach(SpareDescriptors::close);
        held.clear();
    }

    private static void close(Closeable spare) {
        try {
            spare.close();
        } catch (IOException e) {
            // close(2) gives the descriptor back whatever it answers.
        }
    }
}
