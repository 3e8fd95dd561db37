package dev.weir.testkit;

import com.sun.management.ThreadMXBean;
import dev.weir.PluginApi;
import java.lang.management.ManagementFactory;

/** What the current thread allocates on the heap, for tests that hold a hot path to nothing. */
@PluginApi
public final class Allocations {
    private static final int MOST_TRIES = 50;

    /** Looked up once: the look-up allocates. */
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocations() {}

    /** Some rounds of the work to be judged. */
    @FunctionalInterface
    public interface Rounds {
        /**
         * Runs them.
         *
         * @return the bytes that the work has allocated meanwhile, without those of what only drives it
         */
        long run() throws Exception;
    }

    /** Bytes that this thread has allocated so far. To ask costs nothing. */
    public static long bytes() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    /**
     * What a round costs once all is warm. The rounds are run until they cost no more than they may, but for what happens once, or 50
     * times.
     *
     * @param rounds how many a run has
     * @param most bytes that each may cost
     * @return the bytes that a round of the last run has cost, rounded down
     */
    public static long whenWarm(int rounds, long most, Rounds work) throws Exception {
        long cost = work.run() / rounds;
        for (int tries = 1; cost > most && tries < MOST_TRIES; tries++) {
            cost = work.run() / rounds;
        }
        return cost;
    }
}
