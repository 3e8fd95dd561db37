package dev.weir.lifecycle;

/** How many waiting connections a listener takes in one turn. */
@FunctionalInterface
public interface AcceptPolicy extends Policy {

    /**
     * Asked after each accept: may another follow in this turn?
     *
     * @param accepted taken in this turn so far, 1 or more
     * @param elapsedNanos since the first accept of this turn began
     */
    boolean acceptMore(int accepted, long elapsedNanos);
}
