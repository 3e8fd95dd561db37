package dev.weir.loop;

import dev.weir.metrics.Metrics;
import dev.weir.time.Clock;
import dev.weir.transport.Transport;
import dev.weir.transport.TransportException;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The loops of a process. Made and ended by one thread. */
public final class EventLoopGroup {
    private final List<EventLoop> loops;
    private final List<Thread> threads = new ArrayList<>();

    private EventLoopGroup(List<EventLoop> loops) {
        this.loops = List.copyOf(loops);
    }

    /**
     * Opens a poller for each of {@code count} loops.
     *
     * @throws TransportException when one cannot be opened; those opened before are closed again
     */
    public static EventLoopGroup open(
            Transport transport, int count, Clock clock, Metrics metrics, ByteBufAllocator allocator)
            throws TransportException {
        List<EventLoop> loops = new ArrayList<>();
        try {
            for (int index = 0; index < count; index++) {
                loops.add(new EventLoop(index, transport.openPoller(clock), clock, metrics, allocator));
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

    /** Ends the loops and waits for their threads. Not to be called on a loop. Loops that were never started are closed here. */
    public void stop() throws InterruptedException {
        loops.forEach(EventLoop::stop);
        for (Thread thread : threads) {
            thread.join();
        }
        if (threads.isEmpty()) {
            loops.forEach(EventLoop::close);
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
