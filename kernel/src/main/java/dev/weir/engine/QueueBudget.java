package dev.weir.engine;

import dev.weir.fault.CloseReason;
import dev.weir.fault.CloseReason.Cause;
import dev.weir.loop.EventLoop;
import dev.weir.metrics.Metrics;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much memory all write queues of the process may hold together. Each loop publishes what its queues hold at the end of a turn in
 * which that has changed. When the sum is above the budget, the connection with the largest queue of all loops is closed, and the next,
 * until it is not. A loop that looks for the largest hands the search on to the loop that has a larger one.
 */
public final class QueueBudget {
    private static final Logger LOG = LoggerFactory.getLogger(QueueBudget.class);

    private final long most;
    private final LoopSet loops;
    private final AtomicLongArray bytes;
    private final AtomicLongArray largestAtMost;
    private final AtomicLong evicted = new AtomicLong();
    /** True while some loop closes connections; one does at a time. */
    private final AtomicBoolean relieving = new AtomicBoolean();
    /** True from the first that is closed until an eighth of the budget is free. */
    private final AtomicBoolean burst = new AtomicBoolean();

    private volatile long evictedBeforeBurst;

    private QueueBudget(long most, LoopSet loops) {
        this.most = most;
        this.loops = loops;
        this.bytes = new AtomicLongArray(loops.loops().size());
        this.largestAtMost = new AtomicLongArray(loops.loops().size());
    }

    /**
     * Watches over these loops, which do not turn yet, for as long as they do.
     *
     * @param most bytes, without those of files
     */
    public static void watch(long most, LoopSet loops, Metrics metrics) {
        QueueBudget budget = new QueueBudget(most, loops);
        for (EventLoop loop : loops.loops()) {
            loop.afterSends(() -> budget.turnEnds(loop.index()));
        }
        metrics.watch("weir.process.queued.bytes", Map.of(), Metrics.Kind.GAUGE, budget::sum);
        metrics.watch("weir.process.queued.limit.bytes", Map.of(), Metrics.Kind.GAUGE, () -> most);
        metrics.watch("weir.process.queued.evicted", Map.of(), Metrics.Kind.COUNTER, budget.evicted::get);
    }

    private void turnEnds(int loop) {
        long before = bytes.get(loop);
        if (queued(loop).bytes() == before) {
            return;
        }
        publish(loop);
        if (bytes.get(loop) > before) {
            if (sum() > most && relieving.compareAndSet(false, true)) {
                relieve(loop);
            }
        } else if (burst.get() && sum() <= most - most / 8 && burst.compareAndSet(true, false)) {
            LOG.info(
                    "{} bytes are queued, {} connections were closed for weir.process.max-queued-bytes",
                    sum(),
                    evicted.get() - evictedBeforeBurst);
        }
    }

    /** On that loop. */
    private void relieve(int loop) {
        while (sum() > most) {
            SocketConnection largest = loops.connections().get(loop).withMostQueued();
            long here = largest == null ? 0 : largest.writing().memory();
            queued(loop).largestIs(here);
            publish(loop);
            int next = withLargest(loop);
            if (next != loop) {
                if (!loops.loops().get(next).execute(() -> relieve(next))) {
                    break; // It has ended, and its queues with it.
                }
                return;
            }
            if (here == 0) {
                break;
            }
            evict(largest, here);
            publish(loop);
        }
        relieving.set(false);
    }

    private void evict(SocketConnection largest, long here) {
        if (burst.compareAndSet(false, true)) {
            evictedBeforeBurst = evicted.get();
            LOG.warn(
                    "{} bytes are queued, more than weir.process.max-queued-bytes of {}: closing the connections with the most",
                    sum(),
                    most);
        }
        evicted.incrementAndGet();
        String detail =
                here + " bytes queued, the most of all connections; together they have more than the process's " + most;
        largest.closing().force(CloseReason.of(Cause.SLOW_READER, detail));
    }

    /** A loop that may have a larger queue than this one, the largest first; this one when there is none. */
    private int withLargest(int loop) {
        int largest = loop;
        for (int i = 0; i < largestAtMost.length(); i++) {
            if (largestAtMost.get(i) > largestAtMost.get(largest)) {
                largest = i;
            }
        }
        return largest;
    }

    private void publish(int loop) {
        largestAtMost.set(loop, queued(loop).largestAtMost());
        bytes.set(loop, queued(loop).bytes());
    }

    private QueuedBytes queued(int loop) {
        return loops.connections().get(loop).queued();
    }

    private long sum() {
        long sum = 0;
        for (int i = 0; i < bytes.length(); i++) {
            sum += bytes.get(i);
        }
        return sum;
    }
}
