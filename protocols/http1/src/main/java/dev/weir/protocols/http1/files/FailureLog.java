package dev.weir.protocols.http1.files;

import dev.weir.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;

/** Tells the log of a failure of the system's that each request may meet: the first at once, then one in a minute, with a count. Any thread. */
final class FailureLog {
    private static final long EVERY_NANOS = Duration.ofMinutes(1).toNanos();

    private final Logger log;
    private final Clock clock;
    private boolean hasTold;
    private long toldNanos;
    private long untold;

    FailureLog(Logger log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** A failure, and what is to be done about it. */
    void warn(String what) {
        long others;
        synchronized (this) {
            long now = clock.nanoTime();
            if (hasTold && now - toldNanos < EVERY_NANOS) {
                untold++;
                return;
            }
            hasTold = true;
            toldNanos = now;
            others = untold;
            untold = 0;
        }
        log.warn("{}{}", what, others == 0 ? "" : " (" + others + " times more since this was last told)");
    }
}
