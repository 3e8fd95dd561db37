package dev.weir.engine;

import dev.weir.fault.CloseReason;
import dev.weir.fault.CloseReason.Cause;
import dev.weir.loop.EventLoop;
import dev.weir.metrics.Metrics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much memory all write queues of the process may hold together. Each loop publishes what its queues hold at the end of a turn in
 * which that has changed. When the sum is above the budget, the connection with the largest queue of all loops is closed, and the next,
 * until it is not. A loop that looks for the largest hands the search on to the loop that has a larger one; while that one is blocked,
 * each loop closes its own.
 */
public final class QueueBudget {
    private static final Logger LOG = LoggerFactory.getLogger(QueueBudget.class);

    /** Connections that are closed in one turn of a loop at the most. */
    private static final int MOST_EVICTED = 64;

    /** For so long a loop may leave what was handed to it; then each looks after itself. */
    private static final long PATIENCE_NANOS = 1_000_000_000;

    private static final long NOBODY = 0;

    /** Each loop's numbers stand two cache lines apart, as processors fetch lines in pairs: no loop takes a line from another's cache. */
    private static final int LINE = 16;

    private final long most;
    private final LoopSet loops;
    private final AtomicLongArray bytes;
    private final AtomicLongArray largestAtMost;
    private final AtomicLong evicted = new AtomicLong();
    /** When the one loop that closes connections came to it, or was handed it; {@link #NOBODY} while there is none. */
    private final AtomicLong relieving = new AtomicLong(NOBODY);
    /** True from the first that is closed until an eighth of the budget is free. */
    private final AtomicBoolean burst = new AtomicBoolean();

    private volatile long evictedBeforeBurst;

    private QueueBudget(long most, LoopSet loops) {
        this.most = most;
        this.loops = loops;
        this.bytes = new AtomicLongArray((loops.loops().size() + 2) * LINE);
        this.largestAtMost = new AtomicLongArray((loops.loops().size() + 2) * LINE);
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
        long before = bytes.get(at(loop));
        if (queued(loop).bytes() == before) {
            return;
        }
        publish(loop);
        if (bytes.get(at(loop)) > before) {
            if (sum() > most && relieving.compareAndSet(NOBODY, now(loop))) {
                relieve(loop);
            } else if (sum() > most && isLeft(loop)) {
                evict(loop, largest(loop), 0);
            }
        } else if (burst.get() && sum() <= most - most / 8 && burst.compareAndSet(true, false)) {
            LOG.info(
                    "{} bytes are queued, {} connections were closed for weir.process.max-queued-bytes",
                    sum(),
                    evicted.get() - evictedBeforeBurst);
        }
    }

    /** On that loop, which alone relieves, for one turn. */
    private void relieve(int loop) {
        relieving.set(now(loop));
        List<SocketConnection> largest = largest(loop);
        int next = sum() > most ? withLargest(loop) : loop;
        if (next != loop) {
            if (loops.loops().get(next).execute(() -> relieve(next))) {
                return;
            }
            // It has ended, and its queues with it.
            largestAtMost.set(at(next), 0);
            bytes.set(at(next), 0);
        }
        // Were it to hand over for every byte that another has more, each connection would cost a look at all.
        evict(loop, largest, largestBeside(loop) / 2);
        relieving.set(NOBODY);
        // Another loop may have grown since, and left it to this one.
        if (sum() > most && relieving.compareAndSet(NOBODY, now(loop))) {
            loops.loops().get(loop).again(() -> relieve(loop));
        }
    }

    /** True when a loop is to relieve and does not: it is blocked. */
    private boolean isLeft(int loop) {
        long since = relieving.get();
        return since != NOBODY && now(loop) - since > PATIENCE_NANOS;
    }

    private long now(int loop) {
        return loops.loops().get(loop).clock().nanoTime() | 1;
    }

    /** Those of the loop that have the most. On that loop. */
    private List<SocketConnection> largest(int loop) {
        List<SocketConnection> largest = loops.connections().get(loop).withMostQueued(MOST_EVICTED);
        queued(loop)
                .largestIs(largest.isEmpty() ? 0 : largest.getFirst().writing().memory());
        publish(loop);
        return largest;
    }

    /** Closes those, as far as the budget wants it and they have so much. On their loop. */
    private void evict(int loop, List<SocketConnection> largest, long atLeast) {
        for (SocketConnection connection : largest) {
            long here = connection.writing().memory();
            if (sum() <= most || here < atLeast) {
                break;
            }
            evict(connection, here);
            publish(loop);
        }
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
        for (int i = 0; i < loops.loops().size(); i++) {
            if (largestAtMost.get(at(i)) > largestAtMost.get(at(largest))) {
                largest = i;
            }
        }
        return largest;
    }

    private long largestBeside(int loop) {
        long largest = 0;
        for (int i = 0; i < loops.loops().size(); i++) {
            largest = i == loop ? largest : Math.max(largest, largestAtMost.get(at(i)));
        }
        return largest;
    }

    private void publish(int loop) {
        largestAtMost.set(at(loop), queued(loop).largestAtMost());
        bytes.set(at(loop), queued(loop).bytes());
    }

    private QueuedBytes queued(int loop) {
        return loops.connections().get(loop).queued();
    }

    /** Also the first is apart from the array's length, which everybody reads. */
    private static int at(int loop) {
        return (loop + 1) * LINE;
    }

    private long sum() {
        long sum = 0;
        for (int i = 0; i < loops.loops().size(); i++) {
            sum += bytes.get(at(i));
        }
        return sum;
    }
}
