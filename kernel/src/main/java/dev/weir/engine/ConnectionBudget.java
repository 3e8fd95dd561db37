package dev.weir.engine;

import dev.weir.loop.EventLoop;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many connections the process may have: a cap below the descriptor limit, taken before accept, so that the process keeps
 * descriptors for everything else. Any thread.
 */
public final class ConnectionBudget {
    private final long most;
    private final int mostFarewells;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicInteger farewells = new AtomicInteger();
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    /**
     * A budget of which nothing is taken.
     *
     * @param most connections at the most, 1 or more
     * @param mostFarewells refused connections at a time that hear a goodbye, each of which has a descriptor beyond those; 0 or more
     */
    public ConnectionBudget(long most, int mostFarewells) {
        this.most = most;
        this.mostFarewells = mostFarewells;
    }

    /** The cap. */
    public long most() {
        return most;
    }

    /** Connections that are open or being accepted. */
    public long taken() {
        return taken.get();
    }

    /** Takes a place; false when there is none. */
    boolean tryTake() {
        if (taken.incrementAndGet() > most) {
            taken.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Takes a place, though it be the first beyond the cap; false when that one is taken. */
    boolean tryTakeOneBeyond() {
        if (taken.incrementAndGet() > most + 1) {
            taken.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Takes a place though there may be none. */
    void takeBeyond() {
        taken.incrementAndGet();
    }

    /** Gives a place back that no connection came to use. */
    void giveBack() {
        taken.decrementAndGet();
    }

    /** Takes one of the few places for those who are refused and shall hear why; false when there is none. */
    boolean tryTakeFarewell() {
        if (farewells.incrementAndGet() > mostFarewells) {
            farewells.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Gives such a place back. */
    void farewellEnded() {
        farewells.decrementAndGet();
    }

    /**
     * Gives a closed connection's place back, and tells who waits for one: in the loop's next turn, since a selector gives the
     * descriptor back only with its next select.
     *
     * @param loop the connection's, on which this is called
     */
    void closed(EventLoop loop) {
        taken.decrementAndGet();
        synchronized (waiting) {
            if (waiting.isEmpty()) {
                return;
            }
        }
        loop.again(this::tell);
    }

    private void tell() {
        Runnable[] told;
        synchronized (waiting) {
            told = waiting.toArray(Runnable[]::new);
            waiting.clear();
        }
        for (Runnable resume : told) {
            resume.run();
        }
    }

    /** Calls this once, on any thread, when a connection has closed. */
    void onceClosed(Runnable resume) {
        synchronized (waiting) {
            waiting.add(resume);
        }
    }
}
