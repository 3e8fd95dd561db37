package dev.weir.lifecycle;

/**
 * How many waiting connections a listener takes in one turn, at the most. An accept that finds nobody is dear, so that a listener
 * looks for no more than came the last time, until more have come in sixteen turns. Who is left is taken in the next turn.
 */
@FunctionalInterface
public interface AcceptPolicy extends Policy {

    /**
     * Asked after each accept but the last that is to be expected: may another follow in this turn?
     *
     * @param accepted taken in this turn so far, 1 or more
     * @param elapsedNanos since the first accept of this turn began
     */
    boolean acceptMore(int accepted, long elapsedNanos);
}
