package dev.weir.engine;

import dev.weir.fault.Errno;
import dev.weir.lifecycle.DescriptorPolicy;
import dev.weir.lifecycle.DescriptorPolicy.Exhaustion;
import dev.weir.loop.EventLoop;
import dev.weir.time.Timer;
import java.time.Duration;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one acceptor does while there is no descriptor for the next connection: it asks the policy, and does what that answers. Owned
 * by the acceptor's loop.
 */
final class DescriptorShortage {
    private static final Logger LOG = LoggerFactory.getLogger(DescriptorShortage.class);

    private static final DescriptorPolicy.Action PAUSE = new DescriptorPolicy.PauseListener(Duration.ofSeconds(1));

    /** The acceptor, as far as it matters here. */
    interface Listening {
        /** Whether who waits is to be reported. */
        void reportWaiting(boolean wanted);

        /** Takes those who wait, as if they had just been reported. Not called after the end. */
        void acceptAgain();
    }

    private final EventLoop loop;
    private final Listening listening;
    private final String server;
    private final DescriptorPolicy policy;
    private final ConnectionBudget budget;
    private final Runnable onExit;

    private boolean paused;
    private boolean ended;
    private boolean retryAsked;
    private int inARow;
    private Timer retry;

    /** @param onExit told when the policy wants the process to end */
    DescriptorShortage(
            EventLoop loop,
            Listening listening,
            String server,
            DescriptorPolicy policy,
            ConnectionBudget budget,
            Runnable onExit) {
        this.loop = loop;
        this.listening = listening;
        this.server = server;
        this.policy = policy;
        this.budget = budget;
        this.onExit = onExit;
    }

    /** True while nothing is to be accepted. */
    boolean isPausing() {
        return paused;
    }

    /** From now on what waits is accepted again, without a word to the poller. */
    void forgetPause() {
        paused = false;
    }

    /** The last: nothing is tried again. */
    void end() {
        ended = true;
        cancelRetry();
    }

    /** A connection was accepted. */
    void over() {
        if (inARow > 0) {
            LOG.info("server {} accepts again after {} tries without a descriptor", server, inARow);
            inARow = 0;
        }
    }

    /** Accept failed for a reason that Weir does not know. */
    void unknown() {
        inARow++;
        pause(1_000_000_000L);
    }

    /** @param somebodyWaits false when the accept queue may be empty: the kernel takes the descriptor before it looks into the queue */
    void met(Errno errno, boolean atOwnCap, boolean somebodyWaits) {
        inARow++;
        if (inARow == 1) {
            LOG.warn(
                    "server {}: no descriptor for the next connection ({}), {} open; {}",
                    server,
                    atOwnCap ? "cap of " + budget.most() + " reached" : errno,
                    budget.taken(),
                    policy);
        }
        switch (decide(new Exhaustion(errno, atOwnCap, budget.taken(), inARow))) {
            case DescriptorPolicy.PauseListener pause -> pause(pause.atMost().toNanos());
            case DescriptorPolicy.Exit exit
            when !atOwnCap && !somebodyWaits -> {
                // If nobody waits, no report comes.
                listening.reportWaiting(false);
                listening.reportWaiting(true);
            }
            case DescriptorPolicy.Exit exit -> {
                pause(1_000_000_000L);
                onExit.run();
            }
        }
    }

    @SuppressWarnings("CatchingUnchecked") // The border between Weir's code and a plugin's.
    private DescriptorPolicy.Action decide(Exhaustion exhaustion) {
        try {
            return Objects.requireNonNull(policy.onExhausted(exhaustion), "no action");
        } catch (Throwable e) {
            Fatal.rethrow(e);
            LOG.error("the descriptor policy failed; server {} pauses", server, e);
            return PAUSE;
        }
    }

    private void pause(long mostNanos) {
        paused = true;
        listening.reportWaiting(false);
        cancelRetry();
        retry = loop.scheduleNanos(mostNanos, this::resume);
        if (!retryAsked) {
            retryAsked = true;
            budget.onceClosed(() -> loop.execute(this::retryNow));
        }
    }

    private void retryNow() {
        retryAsked = false;
        resume();
    }

    private void resume() {
        if (!paused || ended) {
            return;
        }
        paused = false;
        cancelRetry();
        listening.reportWaiting(true);
        listening.acceptAgain();
    }

    private void cancelRetry() {
        if (retry != null) {
            retry.cancel();
            retry = null;
        }
    }
}
