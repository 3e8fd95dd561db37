package dev.weir.engine;

import dev.weir.loop.EventLoop;
import dev.weir.time.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The end of an acceptor: whoever waits in the accept queue is still served, as far as there are places and descriptors; where there
 * are none, when a connection has ended. Owned by the acceptor's loop.
 */
final class LastAccepts {
    /** Accepts at the most: no usual queue is longer, and who connects on and on must not keep it from ending. */
    private static final int MOST = 65_536;

    /** Accepts of one turn: some milliseconds, so that the loop's connections are served and its timers run. */
    private static final int MOST_A_TURN = 256;

    /** A descriptor may also come free elsewhere. */
    private static final Duration RETRY = Duration.ofMillis(100);

    /** Tries in a row while no connection is left whose end could free one. */
    private static final int MOST_VAIN = 10;

    /** The acceptor, as far as it matters here. */
    interface Listening {
        /** Accepts one. @return false when nothing more is to be had now */
        boolean acceptOne();

        /** What waits is reported no longer. */
        void stopReports();

        /** Sends away who waits: no descriptor will come free. @return true when more may wait */
        boolean sendAway(int most);

        /** Closes the socket; in turn calls {@link LastAccepts#end}. */
        void close();
    }

    private final EventLoop loop;
    private final ConnectionBudget budget;
    private final Listening listening;
    private final List<Runnable> told = new ArrayList<>();
    private int accepted;
    private int vain;
    private boolean noDescriptor;
    private boolean asked;
    private boolean ended;
    /** True while it goes on in the next turn. */
    private boolean queued;

    private Timer retry;

    LastAccepts(EventLoop loop, ConnectionBudget budget, Listening listening) {
        this.loop = loop;
        this.budget = budget;
        this.listening = listening;
    }

    /** Calls this once when the socket is closed. */
    void onceClosed(Runnable closed) {
        told.add(closed);
    }

    /** Takes what there is, then closes; or goes on later by itself. */
    void go() {
        cancelRetry();
        if (ended || queued) {
            return;
        }
        noDescriptor = false;
        int inTurn = 0;
        while (inTurn < MOST_A_TURN && listening.acceptOne()) {
            inTurn++;
            vain = 0;
        }
        accepted += inTurn;
        if (inTurn == MOST_A_TURN && accepted < MOST) {
            nextTurn(this::go);
            return;
        }
        vain = budget.taken() > 0 ? 0 : vain + 1;
        if (noDescriptor && vain < MOST_VAIN) {
            listening.stopReports();
            retry = loop.schedule(RETRY, this::go);
            askOnce();
            return;
        }
        if (noDescriptor) {
            sendAway();
        } else {
            listening.close();
        }
    }

    private void sendAway() {
        if (ended) {
            return;
        }
        accepted += MOST_A_TURN;
        if (listening.sendAway(MOST_A_TURN) && accepted < MOST) {
            nextTurn(this::sendAway);
        } else {
            listening.close();
        }
    }

    private void nextTurn(Runnable goOn) {
        queued = true;
        loop.again(() -> {
            queued = false;
            goOn.run();
        });
    }

    private void askOnce() {
        if (!asked) {
            asked = true;
            budget.onceClosed(() -> loop.execute(() -> {
                asked = false;
                go();
            }));
        }
    }

    /** An accept found no descriptor, or no place. */
    void noDescriptor() {
        noDescriptor = true;
    }

    /** The socket is closed. */
    void end() {
        ended = true;
        cancelRetry();
        told.forEach(Runnable::run);
        told.clear();
    }

    private void cancelRetry() {
        if (retry != null) {
            retry.cancel();
            retry = null;
        }
    }
}
