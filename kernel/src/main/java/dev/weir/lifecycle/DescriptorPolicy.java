package dev.weir.lifecycle;

import dev.weir.fault.Errno;
import java.time.Duration;

/**
 * What a listener does when there is no descriptor for the next connection. One for all listeners of the process, which ask it from
 * several loops at once.
 */
@FunctionalInterface
public interface DescriptorPolicy extends Policy {

    /**
     * What happened: somebody waits to be accepted, and there is no descriptor for it.
     *
     * @param errno EMFILE, ENFILE, ENOBUFS or ENOMEM as the kernel said; EMFILE too when the process's own cap was reached
     * @param atOwnCap true when Weir's cap was reached before the kernel's limit: descriptors are left then, in the reserve
     * @param open connections that are open in the process
     * @param attempts how often in a row this listener has run into it, from 1
     */
    record Exhaustion(Errno errno, boolean atOwnCap, long open, int attempts) {}

    /** What the engine is to do. */
    sealed interface Action {}

    /** The shortest wait before another try: below it a listener would do little else. */
    Duration SHORTEST_PAUSE = Duration.ofMillis(1);

    /**
     * Leave clients in the accept queue; try again when a connection has closed, at the latest after {@code atMost}.
     *
     * @param atMost {@link #SHORTEST_PAUSE} to 365 days
     */
    record PauseListener(Duration atMost) implements Action {
        /** Refuses other times. */
        public PauseListener {
            Bounds.check("atMost", atMost, SHORTEST_PAUSE);
        }
    }

    /**
     * Accept those who wait and send them away, so that they can go elsewhere: by a descriptor that is kept for this. At the process's
     * own cap they are refused as an admission policy would. Where the kept descriptor does not help either, pauses for at most
     * {@code otherwise}.
     *
     * @param otherwise {@link #SHORTEST_PAUSE} to 365 days
     */
    record Shed(Duration otherwise) implements Action {
        /** Refuses other times. */
        public Shed {
            Bounds.check("otherwise", otherwise, SHORTEST_PAUSE);
        }
    }

    /**
     * Close the listening socket: who waits is reset, and who comes is refused by the system, until fewer connections are open than
     * {@code reopenBelow} percent of those that were open. Then listen again; where that fails, try again and again.
     *
     * @param reopenBelow 1 to 100
     */
    record CloseListener(int reopenBelow) implements Action {
        /** Refuses other percentages. */
        public CloseListener {
            if (reopenBelow < 1 || reopenBelow > 100) {
                throw new IllegalArgumentException("reopenBelow must be from 1 to 100, not " + reopenBelow);
            }
        }
    }

    /**
     * End connections of the process that are idle, those that have been so longest first: nothing of them is in flight, and nothing
     * has moved for {@code idleFor}. Clients wait meanwhile, as with a pause of {@code otherwise}; where nobody was idle, the
     * connections are not looked through again before that is over.
     *
     * @param most how many to end, 1 or more
     * @param idleFor 0 to 365 days
     * @param otherwise {@link #SHORTEST_PAUSE} to 365 days
     */
    record Evict(int most, Duration idleFor, Duration otherwise) implements Action {
        /** Refuses other numbers and times. */
        public Evict {
            Bounds.check("most", most, 1);
            Bounds.check("idleFor", idleFor, Duration.ZERO);
            Bounds.check("otherwise", otherwise, SHORTEST_PAUSE);
        }
    }

    /** End the process with exit code 75, for a supervisor to start it anew. */
    record Exit() implements Action {}

    /**
     * Decides. Called on the listener's loop when no descriptor can be had: it must not load classes or open files. So that what it
     * needs is loaded by then, it is asked at start, too, as a rehearsal whose answer nobody acts on.
     */
    Action onExhausted(Exhaustion exhaustion);
}
