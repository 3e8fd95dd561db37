package dev.weir.loop;

import dev.weir.metrics.Metrics;
import dev.weir.time.Clock;
import dev.weir.transport.Transport;
import dev.weir.transport.TransportException;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loops of a process. Made and ended by one thread. */
public final class EventLoopGroup {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoopGroup.class);

    private final List<EventLoop> loops;
    /** One for each loop, in their order; empty until they are started. */
    private final List<Thread> threads = new ArrayList<>();

    private Watchdog watchdog;

    private EventLoopGroup(List<EventLoop> loops) {
        this.loops = List.copyOf(loops);
    }

    /**
     * Opens a poller for each of {@code count} loops.
     *
     * @param receiveBytes the size of each loop's receive buffer
     * @throws TransportException when one cannot be opened; those opened before are closed again
     */
    public static EventLoopGroup open(
            Transport transport, int count, Clock clock, Metrics metrics, ByteBufAllocator allocator, int receiveBytes)
            throws TransportException {
        List<EventLoop> loops = new ArrayList<>();
        try {
            for (int index = 0; index < count; index++) {
                loops.add(new EventLoop(index, transport.openPoller(clock), clock, metrics, allocator, receiveBytes));
            }
            return new EventLoopGroup(loops);
        } catch (TransportException e) {
            loops.forEach(EventLoop::close);
            throw e;
        }
    }

    /** The loops, by index. */
    public List<EventLoop> loops() {
        return loops;
    }

    /**
     * Starts a thread for each loop.
     *
     * @param onDeath told, on the loop's thread, what ended a loop that was not asked to end
     */
    public void start(Consumer<Throwable> onDeath) {
        for (EventLoop loop : loops) {
            Thread thread = new Thread(() -> run(loop, onDeath), "weir-loop-" + loop.index());
            threads.add(thread);
            thread.start();
        }
    }

    /** From now on tells by the log when one turn of a loop lasts longer than this. To be called after {@link #start}, once. */
    public void warnWhenBlocked(Duration limit, Clock clock, Metrics metrics) {
        watchdog = new Watchdog(loops, limit, clock, metrics);
        watchdog.start();
    }

    /** Whether a loop's thread is at work. */
    public boolean isRunning(EventLoop loop) {
        return loop.index() < threads.size() && threads.get(loop.index()).isAlive();
    }

    /**
     * Ends the loops and waits for their threads. Not to be called on a loop. Loops that were never started are closed here.
     *
     * @param most how long to wait for a loop; one that is blocked for longer is told of in the log and left behind
     */
    public void stop(Duration most) throws InterruptedException {
        if (watchdog != null) {
            watchdog.stop();
        }
        loops.forEach(EventLoop::stop);
        for (EventLoop loop : loops) {
            if (loop.index() >= threads.size() || threads.get(loop.index()).getState() == Thread.State.NEW) {
                loop.close();
            } else if (!threads.get(loop.index()).join(most)) {
                LOG.error(
                        "event loop {} is blocked and does not end; it is left behind", loop.index(), loop.whereItIs());
            }
        }
    }

    @SuppressWarnings("CatchingUnchecked") // Whatever ends a loop must be told: without its loop a server is deaf.
    private static void run(EventLoop loop, Consumer<Throwable> onDeath) {
        try {
            loop.run();
            loop.close();
        } catch (Throwable death) {
            onDeath.accept(death);
        }
    }
}
