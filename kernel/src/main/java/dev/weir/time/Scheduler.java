package dev.weir.time;

import java.time.Duration;

/** Runs a task later, on the event loop that owns this scheduler. To be called on that loop only. */
public interface Scheduler {

    /**
     * Runs {@code task} once, not before {@code delay} has passed. The resolution is one millisecond, rounded up. A delay of zero
     * or less runs in the next turn.
     */
    Timer schedule(Duration delay, Runnable task);
}
