package dev.weir.protocols.http1.accesslog;

import dev.weir.metrics.Metrics;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access log of all servers of a Weir: makes lines of what the loops hand over, on a thread of its own, and gives each to the
 * logger {@value #LOGGER}. The thread begins with the first queue.
 */
public final class AccessLog implements AutoCloseable {
    /** The logger that gets the lines, at level info, as messages without anything around them. */
    public static final String LOGGER = "weir.access";

    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

    /** How long the thread rests when it has written all: so a busy loop need not wake it for each line. */
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** How long the end waits for lines that nobody takes, as from a pipe that is full. */
    private static final Duration MOST_AT_END = Duration.ofSeconds(5);

    private final Consumer<String> lines;
    private final List<AccessQueue> queues = new CopyOnWriteArrayList<>();
    private final LongAdder lost = new LongAdder();
    /** Null until there is a queue. */
    private volatile Thread thread;

    private volatile boolean isWaiting;
    private volatile boolean isEnding;

    /** Writes to the logger. */
    @Inject
    AccessLog(Metrics metrics) {
        this(metrics, LoggerFactory.getLogger(LOGGER)::info);
    }

    AccessLog(Metrics metrics, Consumer<String> lines) {
        this.lines = lines;
        metrics.watch("weir.http.access-log.dropped", Map.of(), Metrics.Kind.COUNTER, lost::sum);
    }

    /**
     * A queue for one loop.
     *
     * @param format of its lines
     * @param capacity the most entries that wait in it, 1 or more
     */
    public synchronized AccessQueue queue(AccessFormat format, int capacity) {
        AccessQueue queue = new AccessQueue(this, format, capacity);
        queues.add(queue);
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("access-log").start(this::write);
        }
        return queue;
    }

    boolean isRunning() {
        Thread writing = thread;
        return writing != null && writing.isAlive();
    }

    void lost() {
        lost.increment();
    }

    void wake() {
        if (isWaiting) {
            LockSupport.unpark(thread);
        }
    }

    private void write() {
        while (true) {
            boolean isLast = isEnding;
            boolean wrote = writeAll();
            if (isLast) {
                return;
            }
            if (wrote) {
                LockSupport.parkNanos(this, REST_NANOS);
            } else {
                isWaiting = true;
                if (!isEnding && queues.stream().allMatch(AccessQueue::isEmpty)) {
                    LockSupport.park(this);
                }
                isWaiting = false;
            }
        }
    }

    /** @return false when there was nothing */
    private boolean writeAll() {
        boolean wrote = false;
        for (AccessQueue queue : queues) {
            for (String line = queue.line(); line != null; line = queue.line()) {
                lines.accept(line);
                wrote = true;
            }
        }
        return wrote;
    }

    /** Writes what the queues hold, and ends the thread. Nothing may be put into a queue any more. More than once does nothing. */
    @Override
    public void close() {
        isEnding = true;
        Thread writing = thread;
        if (writing != null) {
            LockSupport.unpark(writing);
            try {
                if (!writing.join(MOST_AT_END)) {
                    LOG.warn("the access log has lines that nobody takes; they are lost");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
