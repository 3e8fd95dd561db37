package dev.weir.launcher;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What signals ask of Weir: the first drains it, the second ends it at once, and a third ends the process even where the second
 * got stuck. Signals that come before Weir has started are remembered. Safe for use by all threads.
 */
final class StopSignals {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);

    /** What can be stopped. */
    interface Stoppable {
        /** Begins the drain. */
        void drain();

        /** Ends at once. */
        void stopNow();
    }

    private final Consumer<ExitCode> halt;
    private Stoppable running;
    private int received;

    /**
     * @param halt ends the process, with no more waiting
     */
    StopSignals(Consumer<ExitCode> halt) {
        this.halt = halt;
    }

    /**
     * Starts to listen for SIGTERM and SIGINT; SIGHUP is logged and has no other effect.
     *
     * @throws LaunchFault when the JVM keeps one of them for itself
     */
    void listen() throws LaunchFault {
        Signals.handle("TERM", this::stop);
        Signals.handle("INT", this::stop);
        Signals.handle("HUP", name -> LOG.info("SIG{} ignored: Weir does not reload; restart it to change it", name));
    }

    /** Weir has started. When it was asked to stop meanwhile, it is drained now. */
    void started(Stoppable started) {
        boolean wasAsked;
        synchronized (this) {
            running = started;
            wasAsked = received > 0;
        }
        if (wasAsked) {
            started.drain();
        }
    }

    /** A signal has come. */
    void stop(String name) {
        Stoppable target;
        int count;
        synchronized (this) {
            received++;
            count = received;
            target = running;
        }
        if (target == null && count == 1) {
            LOG.info("SIG{}: stopping as soon as the start is through; a second signal ends at once", name);
        } else if (target == null) {
            LOG.info("SIG{}: ending during the start", name);
            halt.accept(ExitCode.CLEAN);
        } else if (count == 1) {
            LOG.info("SIG{}: draining; a second signal ends at once", name);
            target.drain();
        } else if (count == 2) {
            LOG.warn("SIG{}: ending at once", name);
            target.stopNow();
        } else {
            LOG.warn("SIG{}: ending without waiting for anything", name);
            halt.accept(ExitCode.REPLIES_LOST);
        }
    }
}
