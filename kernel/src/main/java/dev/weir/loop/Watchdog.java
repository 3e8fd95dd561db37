package dev.weir.loop;

import dev.weir.metrics.Counter;
import dev.weir.metrics.Metrics;
import dev.weir.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when a loop is blocked: one turn has lasted longer than any should, so all its connections wait. It says so once for each such
 * turn, with the stack that the loop is in, and again when the loop goes on. It ends nothing: the one who can mend it is who wrote the
 * code in that stack. It looks from a thread of its own.
 */
final class Watchdog {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private final List<EventLoop> loops;
    private final Duration limit;
    private final Clock clock;
    private final Counter[] blocked;
    /** When the turn began that was told of last, by loop; {@link EventLoop#WAITING} where none is open. */
    private final long[] told;

    private final Thread thread = new Thread(this::run, "weir-watchdog");
    private volatile boolean stopped;

    /** @param limit how long a turn may last */
    Watchdog(List<EventLoop> loops, Duration limit, Clock clock, Metrics metrics) {
        this.loops = loops;
        this.limit = limit;
        this.clock = clock;
        this.blocked = new Counter[loops.size()];
        this.told = new long[loops.size()];
        for (int i = 0; i < told.length; i++) {
            blocked[i] = metrics.counter("weir.loop.blocked", Map.of("loop", Integer.toString(i)));
            told[i] = EventLoop.WAITING;
        }
        thread.setDaemon(true);
    }

    /** Looks again and again from now on. */
    void start() {
        thread.start();
    }

    private void run() {
        while (!stopped) {
            LockSupport.parkNanos(Math.max(1, limit.toNanos() / 2));
            look();
        }
    }

    /** Ends that, and waits until it has ended. */
    void stop() throws InterruptedException {
        stopped = true;
        LockSupport.unpark(thread);
        thread.join();
    }

    private void look() {
        for (int i = 0; i < told.length; i++) {
            long began = loops.get(i).busySinceNanos();
            if (told[i] != EventLoop.WAITING && told[i] != began) {
                LOG.warn("event loop {} goes on", i);
                told[i] = EventLoop.WAITING;
            }
            long lasts = clock.nanoTime() - began;
            if (began != EventLoop.WAITING && told[i] == EventLoop.WAITING && lasts >= limit.toNanos()) {
                told[i] = began;
                blocked[i].increment();
                LOG.warn(
                        "event loop {} has been busy with one turn for {} ms, and all its connections wait; move what blocks to a"
                                + " BlockingProtocol or to another thread",
                        i,
                        Duration.ofNanos(lasts).toMillis(),
                        loops.get(i).whereItIs());
            }
        }
    }
}
