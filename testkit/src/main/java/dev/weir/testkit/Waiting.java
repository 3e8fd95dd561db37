package dev.weir.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** How a test waits: for a condition, never for a time. */
@FunctionalInterface
public interface Waiting {

    /** After so long nothing is expected any more. Only a safety net: a test that needs it has failed. */
    Duration GIVE_UP = Duration.ofSeconds(30);

    /**
     * Lets the world go on until the condition holds.
     *
     * @param what what is waited for, to end the sentence "it did not come about that …"
     * @throws AssertionError when it does not come about
     */
    void until(String what, BooleanSupplier condition);

    /** Waits while other threads, or other processes, do their work. */
    static Waiting forOthers() {
        return whileDoing(() -> LockSupport.parkNanos(50_000));
    }

    /** Does a step of the work itself again and again, until the condition holds or {@link #GIVE_UP} has passed. */
    static Waiting whileDoing(Runnable step) {
        return (what, condition) -> {
            long start = System.nanoTime();
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() - start > GIVE_UP.toNanos()) {
                    throw new AssertionError("it did not come about that " + what);
                }
                step.run();
            }
        };
    }
}
