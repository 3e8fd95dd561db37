package dev.weir.fault;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;

/** Tells the log of a failure that may come again and again: the first at once, then one in a minute, with a count. Any thread. */
public final class FailureLog {
    private static final long EVERY_NANOS = Duration.ofMinutes(1).toNanos();

    private record Told(long nanos) {}

    private final Logger log;
    /** Null before the first. */
    private final AtomicReference<Told> last = new AtomicReference<>();

    private final AtomicLong untold = new AtomicLong();

    /** @param log where it is told */
    public FailureLog(Logger log) {
        this.log = log;
    }

    /**
     * Somebody's mistake.
     *
     * @param nowNanos by a clock that is the same each time
     */
    public void error(long nowNanos, String what, Throwable thrown) {
        if (isDue(nowNanos)) {
            log.error("{}{}", what, others(), thrown);
        }
    }

    /**
     * A failure of the system's.
     *
     * @param nowNanos by a clock that is the same each time
     */
    public void warn(long nowNanos, String what) {
        if (isDue(nowNanos)) {
            log.warn("{}{}", what, others());
        }
    }

    private boolean isDue(long nowNanos) {
        Told before = last.get();
        if ((before == null || nowNanos - before.nanos >= EVERY_NANOS)
                && last.compareAndSet(before, new Told(nowNanos))) {
            return true;
        }
        untold.incrementAndGet();
        return false;
    }

    private String others() {
        long count = untold.getAndSet(0);
        return count == 0 ? "" : " (" + count + " times more since this was last told)";
    }
}
