package dev.weir.engine;

import dev.weir.lifecycle.DescriptorPolicy;
import dev.weir.lifecycle.DescriptorPolicy.Exhaustion;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log of a shortage of descriptors: a line when it begins and a line when it is over, for all listeners of the process
 * together, however often and at how many of them an accept fails meanwhile. It is over when nobody lacked a descriptor for a while;
 * that is noticed at the next accept. Any thread.
 */
public final class ShortageLog {
    private static final Logger LOG = LoggerFactory.getLogger(ShortageLog.class);

    /** Connections come and go at the limit: without such a time each of them would begin a new shortage. */
    static final Duration QUIET = Duration.ofSeconds(10);

    private volatile boolean open;
    private long beganNanos;
    private long lastNanos;
    private long tries;
    private long shed;
    private long evicted;

    /** No shortage yet. */
    public ShortageLog() {}

    /** @param cap the process's own cap, for the reader */
    synchronized void met(long nowNanos, String server, Exhaustion what, long cap, DescriptorPolicy policy) {
        endIfQuiet(nowNanos);
        if (!open) {
            beganNanos = nowNanos;
            lastNanos = nowNanos;
            tries = 0;
            shed = 0;
            evicted = 0;
            open = true;
            LOG.warn(
                    "server {}: no descriptor for the next connection ({}), {} open; {}",
                    server,
                    what.atOwnCap() ? "cap of " + cap + " reached" : what.errno(),
                    what.open(),
                    policy);
        }
        if (nowNanos - lastNanos > 0) { // Loops read their clocks at different times.
            lastNanos = nowNanos;
        }
        tries++;
    }

    /** Somebody was sent away. */
    synchronized void shed() {
        shed++;
    }

    /** So many connections were ended. */
    synchronized void evicted(int connections) {
        evicted += connections;
    }

    /** A connection was accepted as usual. */
    void accepted(long nowNanos) {
        if (open) {
            synchronized (this) {
                endIfQuiet(nowNanos);
            }
        }
    }

    /** Nothing is accepted any more. */
    public synchronized void end() {
        if (open) {
            open = false;
            LOG.info(
                    "descriptors suffice again: after {} ms, {} tries without one, {} clients sent away, {} connections evicted",
                    Duration.ofNanos(lastNanos - beganNanos).toMillis(),
                    tries,
                    shed,
                    evicted);
        }
    }

    private void endIfQuiet(long nowNanos) {
        if (open && nowNanos - lastNanos > QUIET.toNanos()) {
            end();
        }
    }
}
