package dev.weir.lifecycle;

import dev.weir.fault.Errno;
import java.time.Duration;

/** What a listener does when there is no descriptor for the next connection. */
@FunctionalInterface
public interface DescriptorPolicy {

    /**
     * What happened.
     *
     * @param errno EMFILE, ENFILE, ENOBUFS or ENOMEM as the kernel said; EMFILE too when the process's own cap was reached
     * @param atOwnCap true when Weir's cap was reached before the kernel's limit
     * @param open connections that are open in the process
     * @param attempts how often in a row this listener has run into it, from 1
     */
    record Exhaustion(Errno errno, boolean atOwnCap, long open, int attempts) {}

    /** What the engine is to do. */
    sealed interface Action {}

    /** Leave clients in the accept queue; try again when a connection has closed, at the latest after {@code atMost}. */
    record PauseListener(Duration atMost) implements Action {}

    /** End the process with exit code 75, for a supervisor to start it anew. */
    record Exit() implements Action {}

    /** Decides. Called on the listener's loop when no descriptor can be had: it must not load classes or open files. */
    Action onExhausted(Exhaustion exhaustion);
}
