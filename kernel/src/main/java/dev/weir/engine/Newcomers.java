package dev.weir.engine;

/**
 * How many are to be accepted before the poller is asked again. An accept that finds nobody costs the system almost as much as one that
 * finds somebody (accept(2) takes a descriptor first), and where one comes at a time it would follow each. So no more are taken at once
 * than came the last time, until that has been too few again and again: then all are. Nobody is missed by it: a listening socket is
 * reported as long as somebody waits. Used on the acceptor's loop.
 */
final class Newcomers {
    /** So often in a row all that were expected must have come before the queue is emptied again. */
    static final int PATIENCE = 16;

    private static final int ALL = Integer.MAX_VALUE;

    /** As many as there are, at first. */
    private int expected = ALL;

    private int inARow;

    /** Whether so many, taken in this turn, are all that is expected. */
    boolean areAll(int accepted) {
        if (accepted < expected) {
            return false;
        }
        inARow++;
        if (inARow == PATIENCE) {
            inARow = 0;
            expected = ALL;
        }
        return true;
    }

    /** An accept found nobody, or failed, when so many had been taken in this turn. */
    void foundNobodyAfter(int accepted) {
        expected = Math.max(1, accepted);
        inARow = 0;
    }
}
