package dev.weir.lifecycle;

/**
 * How many waiting connections a listener takes in one turn, at the most. It may take fewer: an accept that finds nobody is dear, so
 * that it takes no more than are to be expected. Who is left is reported again in the next turn.
 */
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
