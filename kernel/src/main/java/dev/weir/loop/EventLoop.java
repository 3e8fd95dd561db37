package dev.weir.loop;

import dev.weir.codec.MessageWindow;
import dev.weir.metrics.Gauge;
import dev.weir.metrics.Metrics;
import dev.weir.time.Clock;
import dev.weir.time.Scheduler;
import dev.weir.time.Timer;
import dev.weir.transport.Poller;
import dev.weir.transport.ReceiveBuffer;
import dev.weir.transport.TransportException;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One thread that waits for sockets and runs what they, other threads and time ask for. The work of a turn is bounded, so that no
 * source starves another. Owned by the thread that turns it; {@link #execute} may be called by any.
 */
public final class EventLoop implements Scheduler, Poller.Events {
    /**
     * The size of the one receive buffer. It bounds what one read costs the others. A message of 64 KiB, the usual frame limit, fits
     * with its neighbours: no second receive is needed to find that there is no more.
     */
    public static final int RECEIVE_BYTES = 128 * 1024;

    /** Tasks and timers a turn; what is more goes on in the next, after sockets had their chance. */
    private static final int MOST_TASKS = 1024;

    /** What {@link #busySinceNanos()} says of a loop that waits for sockets. */
    static final long WAITING = Long.MIN_VALUE;

    private final int index;
    private final Clock clock;
    private final Poller poller;
    private final LoopMetrics metrics;
    private final Gauge busySince = new Gauge();
    private final ByteBufAllocator allocator;
    private final ReceiveBuffer receiveBuffer;
    private final MessageWindow window = new MessageWindow();
    private final Mailbox mailbox = new Mailbox();
    private final AtomicBoolean sleeping = new AtomicBoolean();
    private final TimerWheel wheel;
    private final TokenTable tokens = new TokenTable();
    private List<Continuation> continuations = new ArrayList<>();
    private List<Continuation> proceeding = new ArrayList<>();
    private List<EndOfTurn> ending = new ArrayList<>();
    private List<EndOfTurn> endingNow = new ArrayList<>();
    private EndOfTurn afterSends = () -> {};
    private Runnable atClose = () -> {};
    private Thread owner;
    /** When this turn's work began. */
    private long turnBegan;
    /** The last reading of the clock. */
    private long latest;
    /** True when something may have taken its time since then. */
    private boolean stale;

    private boolean waiting;
    private volatile boolean stopped;

    /**
     * A loop over a poller, which it closes at its end.
     *
     * @param index its place in its group, from 0
     * @param allocator where buffers come from
     * @param receiveBytes the size of the one receive buffer; {@link #RECEIVE_BYTES} but in tests
     */
    public EventLoop(
            int index, Poller poller, Clock clock, Metrics metrics, ByteBufAllocator allocator, int receiveBytes) {
        this.index = index;
        this.poller = poller;
        this.clock = clock;
        this.allocator = allocator;
        this.metrics = new LoopMetrics(metrics, index);
        // Not a part of a larger one: each byte that is decoded is reached through it. What is copied of it comes from
        // the allocator.
        this.receiveBuffer = new ReceiveBuffer(new UnpooledDirectByteBuf(allocator, receiveBytes, receiveBytes));
        this.turnBegan = nanoTime();
        this.wheel = new TimerWheel(turnBegan);
        busySince.set(WAITING);
    }

    /** Turns until {@link #stop()}; then runs what the mailbox holds and gives everything back. The calling thread becomes the owner. */
    public void run() throws TransportException {
        while (!stopped) {
            turn(Poller.FOREVER);
        }
    }

    /**
     * One turn: wait for sockets, go on with what was cut off, run tasks, run timers, send. The first caller becomes the owner.
     *
     * @param mostNanos the longest wait; 0 to look without waiting
     * @return true when the turn did something
     */
    public boolean turn(long mostNanos) throws TransportException {
        own();
        int did = poll(mostNanos);
        did += proceed();
        did += runTasks();
        int timers = wheel.advance(turnBegan, MOST_TASKS);
        timePassed();
        metrics.timers.add(timers);
        int sends = endTurn();
        afterSends.turnEnds();
        poller.submit();
        metrics.turnTook(turnBegan, nanoTime());
        timePassed();
        busySince.set(WAITING); // Whoever turns the loop by hand may let time pass before the next turn.
        return did + timers + sends > 0;
    }

    /**
     * Runs a task soon, in the order of calls of one thread. Any thread.
     *
     * @return false when the loop has ended and the task will never run: what it would have given back is the caller's to give back
     */
    public boolean execute(Runnable task) {
        boolean taken = mailbox.put(task);
        if (taken && !inLoop() && sleeping.compareAndSet(true, false)) {
            poller.wake();
        }
        return taken;
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        return scheduleNanos(delay.toNanos(), task);
    }

    /** As {@link #schedule}, in nanoseconds. */
    public Timer scheduleNanos(long delayNanos, Runnable task) {
        assertOwner();
        return wheel.add(deadline(delayNanos), task);
    }

    /** Lets a timer's time come after so many nanoseconds; it must not wait already. The resolution is that of {@link #schedule}. */
    public void start(WheelTimer timer, long delayNanos) {
        assertOwner();
        wheel.add(timer, deadline(delayNanos));
    }

    /** Takes a timer back; does nothing when it does not wait. */
    public void cancel(WheelTimer timer) {
        assertOwner();
        wheel.remove(timer);
    }

    private long deadline(long delayNanos) {
        return clock.nanoTime() + Math.clamp(delayNanos, 0, Long.MAX_VALUE / 4);
    }

    /** Gives a handler a token, under which the poller is to report its socket. */
    public long register(LoopHandler handler) {
        assertOwner();
        return tokens.add(handler);
    }

    /** Takes a token back; events still under way for it are dropped. */
    public void unregister(long token) {
        assertOwner();
        tokens.remove(token);
    }

    /** Goes on with this in the next turn, which then does not wait. */
    public void again(Continuation continuation) {
        assertOwner();
        continuations.add(continuation);
    }

    /** Does this once, when the present turn ends. What is added while the turn is ending comes at the end of the next. */
    public void atEndOfTurn(EndOfTurn end) {
        assertOwner();
        ending.add(end);
    }

    /** Does this at the end of every turn, after all that was sent in it. Set once, before the loop turns. */
    public void afterSends(EndOfTurn always) {
        afterSends = always;
    }

    /** Does this when the loop is closed, after its last task. Set once, before the loop turns. */
    public void atClose(Runnable last) {
        atClose = last;
    }

    /** Ends the loop after the present turn. Any thread. */
    public void stop() {
        stopped = true;
        poller.wake();
    }

    /** Runs what is left in the mailbox, then gives back the poller and the buffers. The last call, by the owner. */
    public void close() {
        own();
        mailbox.close();
        for (Runnable task = mailbox.take(); task != null; task = mailbox.take()) {
            task.run();
        }
        endTurn();
        atClose.run();
        poller.close();
        window.forget();
        receiveBuffer.clear();
        receiveBuffer.space().release();
    }

    /** True on the owner's thread. */
    public boolean inLoop() {
        return Thread.currentThread() == owner;
    }

    /** Throws {@link IllegalStateException} on any thread but the owner's. */
    public void assertOwner() {
        if (Thread.currentThread() != owner) {
            own();
        }
    }

    /** Its place in its group, from 0. */
    public int index() {
        return index;
    }

    /** The poller, for the parts that register sockets. */
    public Poller poller() {
        return poller;
    }

    /** The clock that its timers go by. */
    public Clock clock() {
        return clock;
    }

    /** Reads the clock. */
    public long nanoTime() {
        latest = clock.nanoTime();
        stale = false;
        return latest;
    }

    /**
     * The time by the loop's clock, for stamps. The clock is read again only where code that may have taken its time has run since it
     * was read last ({@link #timePassed}): without that a loop comes from one event to the next in microseconds.
     */
    public long now() {
        return stale ? nanoTime() : latest;
    }

    /** A plugin's code has run, or something else that may have taken its time. */
    public void timePassed() {
        stale = true;
    }

    /** Where buffers come from. */
    public ByteBufAllocator allocator() {
        return allocator;
    }

    /** The one receive buffer. */
    public ReceiveBuffer receiveBuffer() {
        return receiveBuffer;
    }

    /** The one window for lending messages. */
    public MessageWindow window() {
        return window;
    }

    /** What it tells of itself. */
    public LoopMetrics metrics() {
        return metrics;
    }

    /** When the work of this turn began, by the loop's clock; {@link #WAITING} while it waits for sockets. Any thread. */
    long busySinceNanos() {
        return busySince.value();
    }

    /**
     * How long a new event waits on this loop, about, in nanoseconds: as long as its turn lasts already, or as the last one did. 0 once
     * it has waited for sockets longer than that. Any thread.
     *
     * @param now a reading of the loop's clock
     */
    public long lagNanos(long now) {
        long began = busySince.value();
        long last = metrics.lagNanos();
        if (began != WAITING) {
            return Math.max(last, now - began);
        }
        return now - metrics.turnEndedNanos() > last ? 0 : last;
    }

    /** What the owner is doing just now, as a stack for the log. Any thread. */
    Throwable whereItIs() {
        Throwable here = new Throwable("what it is doing");
        Thread working = owner;
        here.setStackTrace(working == null ? new StackTraceElement[0] : working.getStackTrace());
        return here;
    }

    /** Sockets that are registered. */
    public int registered() {
        return tokens.size();
    }

    /** Timers that wait. */
    public int timers() {
        return wheel.size();
    }

    @Override
    public void ready(long token, int readiness) {
        wokeUp();
        LoopHandler handler = tokens.find(token);
        if (handler != null) {
            handler.ready(readiness);
        }
    }

    @Override
    public void sent(long token, long bytes) {
        wokeUp();
        LoopHandler handler = tokens.find(token);
        if (handler != null) {
            handler.sent(bytes);
        }
    }

    private int poll(long mostNanos) throws TransportException {
        long timeout = Math.min(mostNanos, idleNanos());
        waiting = true;
        busySince.set(WAITING);
        if (timeout > 0) {
            sleeping.set(true);
            if (!mailbox.isEmpty() || stopped) {
                timeout = 0;
            }
        }
        // What the events of this turn put off is for the next.
        List<Continuation> due = continuations;
        continuations = proceeding;
        proceeding = due;
        int events = poller.poll(timeout, this);
        sleeping.set(false);
        wokeUp();
        metrics.events.add(events);
        return events;
    }

    /** How long nothing is to be done if no socket and no other thread speaks. */
    private long idleNanos() {
        if (!continuations.isEmpty() || !ending.isEmpty() || !mailbox.isEmpty()) {
            return 0;
        }
        return wheel.nanosToNext(clock.nanoTime());
    }

    private void wokeUp() {
        if (waiting) {
            waiting = false;
            turnBegan = nanoTime();
            busySince.set(turnBegan);
        }
    }

    private int proceed() {
        for (int i = 0; i < proceeding.size(); i++) {
            proceeding.get(i).proceed();
        }
        int count = proceeding.size();
        proceeding.clear();
        return count;
    }

    private int runTasks() {
        int count = 0;
        while (count < MOST_TASKS) {
            Runnable task = mailbox.take();
            if (task == null) {
                break;
            }
            count++;
            task.run();
            timePassed();
        }
        metrics.tasks.add(count);
        return count;
    }

    private int endTurn() {
        List<EndOfTurn> due = ending;
        ending = endingNow;
        endingNow = due;
        for (int i = 0; i < due.size(); i++) {
            due.get(i).turnEnds();
        }
        int count = due.size();
        due.clear();
        return count;
    }

    private void own() {
        if (owner == null) {
            owner = Thread.currentThread();
        }
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("event loop " + index + " belongs to " + owner.getName() + ", not to "
                    + Thread.currentThread().getName());
        }
    }
}
