package dev.weir.engine;

import dev.weir.fault.Errno;
import dev.weir.fault.FailureLog;
import dev.weir.lifecycle.DescriptorPolicy;
import dev.weir.lifecycle.DescriptorPolicy.Action;
import dev.weir.lifecycle.DescriptorPolicy.Exhaustion;
import dev.weir.loop.EventLoop;
import dev.weir.time.Timer;
import dev.weir.transport.ListeningSocket;
import dev.weir.transport.StreamSocket;
import dev.weir.transport.TransportException;
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

    private static final Action PAUSE = new DescriptorPolicy.PauseListener(Duration.ofSeconds(1));

    private static final long FIRST_RETRY_NANOS = Duration.ofMillis(10).toNanos();
    private static final long LONGEST_RETRY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MOST_DOUBLINGS = 7;

    /** Clients sent away in one go, before the accept policy is asked again: little work, so that the loop's connections are served. */
    private static final int MOST_SENT_AWAY = 16;

    /** The acceptor, as far as it matters here. */
    interface Listening {
        /** What it accepts from. */
        ListeningSocket socket();

        /** Whether who waits is to be reported. */
        void reportWaiting(boolean wanted);

        /** Takes those who wait, as if they had just been reported. */
        void acceptAgain();

        /** Sends away one that was accepted although it has no place, with a goodbye if it may. Takes it. */
        void refuse(StreamSocket accepted);

        /** Closes one for which there is no descriptor, at once. Takes it. */
        void sendAway(StreamSocket accepted);

        /** Accept failed. @return true when the next accept may do better */
        boolean failed(TransportException failure);

        /** Closes the socket. */
        void stopListening();

        /** Listens again on the same address. @return false when that failed */
        boolean listenAgain();
    }

    private final EventLoop loop;
    private final Listening listening;
    private final ServerProfile profile;
    private final DescriptorPolicy policy;
    private final LoopSet loops;
    private final ProcessDescriptors process;
    private final ServerMetrics.PerLoop metrics;

    private final FailureLog policyFailures = new FailureLog(LOG);

    private boolean paused;
    private boolean ended;
    private boolean retryAsked;
    private boolean evicting;
    /** True when nobody was idle the last time that the connections were looked through: not again before that time is over. */
    private boolean noneIdle;

    private long noneIdleUntilNanos;
    private int inARow;
    private Timer retry;
    /** Fewer connections than this must be open for a closed listener to listen again; 0 while it listens. */
    private long reopenBelow;

    private long retryNanos;

    DescriptorShortage(
            EventLoop loop,
            Listening listening,
            ServerProfile profile,
            DescriptorPolicy policy,
            LoopSet loops,
            ProcessDescriptors process) {
        this.loop = loop;
        this.listening = listening;
        this.profile = profile;
        this.policy = policy;
        this.loops = loops;
        this.process = process;
        this.metrics = profile.metrics().loop(loop.index());
    }

    /** Lets the policy load what it needs, while there are descriptors to load it with. */
    void rehearse() {
        decide(new Exhaustion(Errno.EMFILE, false, process.budget().most(), 1));
        decide(new Exhaustion(Errno.EMFILE, true, process.budget().most(), 1));
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
        inARow = 0;
        process.log().accepted(loop.now());
    }

    /** Accept failed for a reason that Weir does not know. */
    void unknown() {
        inARow++;
        pause(LONGEST_RETRY_NANOS);
    }

    /**
     * There is no descriptor, or no place.
     *
     * @param somebodyWaits false when the accept queue may be empty
     * @return true when the next accept may do better
     */
    boolean met(Errno errno, boolean atOwnCap, boolean somebodyWaits) {
        if (!somebodyWaits) {
            // The kernel takes the descriptor before it looks into the queue. Who does wait is reported in the next
            // turn.
            return false;
        }
        inARow++;
        metrics.exhausted.increment();
        ConnectionBudget budget = process.budget();
        Exhaustion what = new Exhaustion(errno, atOwnCap, budget.taken(), inARow);
        process.log().met(loop.now(), profile.name(), what, budget.most(), policy);
        return act(decide(what), atOwnCap);
    }

    private boolean act(Action action, boolean atOwnCap) {
        return switch (action) {
            case DescriptorPolicy.PauseListener pause -> {
                pause(pause.atMost().toNanos());
                yield false;
            }
            case DescriptorPolicy.Shed shed ->
                atOwnCap ? refuseOne() : shed(shed.otherwise().toNanos());
            case DescriptorPolicy.CloseListener close -> {
                closeListener(close.reopenBelow());
                yield false;
            }
            case DescriptorPolicy.Evict evict -> {
                evict(evict);
                yield false;
            }
            case DescriptorPolicy.Exit exit -> {
                pause(LONGEST_RETRY_NANOS);
                process.onExit().run();
                yield false;
            }
        };
    }

    @SuppressWarnings("CatchingUnchecked") // The border between Weir's code and a plugin's.
    private Action decide(Exhaustion exhaustion) {
        try {
            return Objects.requireNonNull(policy.onExhausted(exhaustion), "no action");
        } catch (Throwable e) {
            Fatal.rethrow(e);
            policyFailures.error(loop.now(), "the descriptor policy failed; server " + profile.name() + " pauses", e);
            return PAUSE;
        }
    }

    /** There is a descriptor, from the reserve, but no place. */
    private boolean refuseOne() {
        int givings = process.spares().givings();
        StreamSocket waiting;
        try {
            waiting = process.spares().accept(listening.socket());
        } catch (TransportException e) {
            return listening.failed(e);
        }
        if (waiting == null) {
            return false;
        }
        if (sentAwayAsSnatched(waiting, givings)) {
            return true;
        }
        inARow = 0;
        countShed();
        listening.refuse(waiting);
        return true;
    }

    private boolean shed(long otherwiseNanos) {
        var outcome = process.spares().acceptAnd(this::shedOne, listening.socket(), MOST_SENT_AWAY);
        if (outcome == SpareDescriptors.Outcome.NO_DESCRIPTOR) {
            pause(otherwiseNanos);
            return false;
        }
        inARow = 0;
        return outcome == SpareDescriptors.Outcome.MORE_MAY_WAIT;
    }

    /**
     * Sends away one that was accepted with the descriptor which another listener had given up, and takes a spare one in its place.
     *
     * @param givings what {@link SpareDescriptors#givings} said before the accept
     * @return true when it was so; then it takes the socket
     */
    boolean sentAwayAsSnatched(StreamSocket accepted, int givings) {
        if (!process.spares().wasSnatched(givings)) {
            return false;
        }
        shedOne(accepted);
        process.spares().refill();
        return true;
    }

    /** Counts one who is sent away, and does it. Takes it. */
    void shedOne(StreamSocket waiting) {
        countShed();
        listening.sendAway(waiting);
    }

    private void countShed() {
        metrics.shed.increment();
        process.log().shed();
    }

    private void evict(DescriptorPolicy.Evict wanted) {
        long now = loop.clock().nanoTime();
        // Not only until the loops have answered: one may be blocked, while connections of others close.
        pause(wanted.otherwise().toNanos());
        // In a storm a connection ends every moment: to look through all of them each time would be most of the work.
        boolean noneYet = noneIdle && now - noneIdleUntilNanos < 0;
        if (!evicting && !noneYet) {
            evicting = true;
            noneIdleUntilNanos = now + wanted.otherwise().toNanos();
            new Eviction(loops, loop, wanted, this::evicted).begin();
        }
    }

    private void evicted(int connections) {
        evicting = false;
        process.log().evicted(connections);
        noneIdle = connections == 0;
        if (!noneIdle) {
            resume();
        }
    }

    private void closeListener(int percent) {
        paused = true;
        cancelRetry();
        metrics.listenerClosings.increment();
        listening.stopListening();
        // None at all is few enough in any case.
        reopenBelow = Math.max(1, process.budget().taken() * percent / 100);
        // Longer each time that listening again has led to nothing but this.
        retryNanos = Math.min(FIRST_RETRY_NANOS << Math.min(inARow - 1, MOST_DOUBLINGS), LONGEST_RETRY_NANOS);
        reopenOnceFew();
    }

    private void reopenOnceFew() {
        if (ended || reopenBelow == 0) {
            return;
        }
        if (process.budget().taken() < reopenBelow) {
            // Not at once: who has used up the descriptors may be somebody else.
            retry = loop.scheduleNanos(retryNanos, this::reopen);
            retryNanos = Math.min(2 * retryNanos, LONGEST_RETRY_NANOS);
        } else {
            resumeOnceClosed();
            if (process.budget().taken() < reopenBelow) {
                retryNow(); // It closed meanwhile, on another loop.
            }
        }
    }

    private void reopen() {
        retry = null;
        if (ended) {
            return;
        }
        if (listening.listenAgain()) {
            reopenBelow = 0;
            paused = false;
        } else {
            reopenOnceFew();
        }
    }

    private void pause(long mostNanos) {
        paused = true;
        metrics.pauses.increment();
        listening.reportWaiting(false);
        cancelRetry();
        retry = loop.scheduleNanos(mostNanos, this::resume);
        resumeOnceClosed();
    }

    private void resumeOnceClosed() {
        if (!retryAsked) {
            retryAsked = true;
            process.budget().onceClosed(() -> loop.execute(this::retryNow));
        }
    }

    private void retryNow() {
        retryAsked = false;
        if (reopenBelow > 0) {
            if (retry == null) {
                reopenOnceFew();
            }
        } else {
            resume();
        }
    }

    private void resume() {
        // An eviction may be over only when its listener has been closed meanwhile: that opens again by itself.
        if (!paused || ended || reopenBelow > 0) {
            return;
        }
        paused = false;
        cancelRetry();
        process.spares().refill();
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
