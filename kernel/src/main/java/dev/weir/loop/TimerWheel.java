package dev.weir.loop;

/**
 * Timers by hierarchical wheels: six wheels of 64 slots, each slot of a wheel as long as a whole turn of the one below; ticks of one
 * millisecond. Adding and cancelling take constant time. Deadlines are rounded up to a tick and a tick is due when it has wholly
 * passed, so a timer never fires early. Owned by one loop.
 */
final class TimerWheel {
    static final long TICK_NANOS = 1_000_000;
    static final int EXPIRED = -2;

    private static final int BITS = 6;
    private static final int SLOTS = 1 << BITS;
    private static final int LEVELS = 6;
    private static final long HORIZON_TICKS = (1L << (BITS * LEVELS)) - 1;

    private final long originNanos;
    private final WheelTimer[] lists = new WheelTimer[LEVELS * SLOTS];
    private final long[] occupied = new long[LEVELS];
    private final WheelTimer expired = new Head();
    /** All ticks up to this one have been looked at. */
    private long tick;

    private int size;

    /** @param nowNanos the clock's reading at which tick 0 begins */
    TimerWheel(long nowNanos) {
        this.originNanos = nowNanos;
    }

    /** Adds a timer that is due at a reading of the clock. */
    TaskTimer add(long deadlineNanos, Runnable task) {
        TaskTimer timer = new TaskTimer(this, task);
        add(timer, deadlineNanos);
        return timer;
    }

    /** The same with a timer of the caller's, which must not wait already. */
    void add(WheelTimer timer, long deadlineNanos) {
        if (timer.isPending()) {
            throw new IllegalStateException("the timer waits already: " + timer);
        }
        long ahead = deadlineNanos - originNanos;
        long deadlineTick = ahead <= 0 ? 0 : (ahead - 1) / TICK_NANOS + 1;
        timer.deadlineTick = Math.max(deadlineTick, tick + 1);
        size++;
        place(timer);
    }

    /** Timers that wait. */
    int size() {
        return size;
    }

    /** Nanoseconds until something may be due, 0 when something is; {@link Long#MAX_VALUE} when no timer waits. */
    long nanosToNext(long nowNanos) {
        if (expired.next != expired) {
            return 0;
        }
        long next = nextTick();
        return next == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, originNanos + next * TICK_NANOS - nowNanos);
    }

    /**
     * Runs what is due, in the order of deadlines, up to {@code most} tasks; the rest is due at the next call.
     *
     * @return how many ran
     */
    int advance(long nowNanos, int most) {
        long nowTick = Math.floorDiv(nowNanos - originNanos, TICK_NANOS);
        collect(nowTick);
        int ran = 0;
        while (ran < most && expired.next != expired) {
            WheelTimer due = expired.next;
            remove(due);
            ran++;
            due.expired();
        }
        return ran;
    }

    /** Takes a timer out; does nothing when it does not wait. */
    void remove(WheelTimer timer) {
        if (!timer.isPending()) {
            return;
        }
        timer.previous.next = timer.next;
        timer.next.previous = timer.previous;
        if (timer.list >= 0 && isEmpty(lists[timer.list])) {
            occupied[timer.list / SLOTS] &= ~(1L << (timer.list % SLOTS));
        }
        timer.previous = timer;
        timer.next = timer;
        timer.list = WheelTimer.NOWHERE;
        size--;
    }

    /** Moves every timer that is due at {@code nowTick} to the expired list, earlier deadlines first. */
    private void collect(long nowTick) {
        long next = nextTick();
        while (next <= nowTick) {
            tick = next;
            for (int level = LEVELS - 1; level >= 0; level--) {
                openSlot(level);
            }
            next = nextTick();
        }
        tick = Math.max(tick, nowTick);
    }

    /** Empties the slot of a level that begins at this tick: into lower levels, or to the expired list. */
    private void openSlot(int level) {
        if (level > 0 && (tick & ((1L << (BITS * level)) - 1)) != 0) {
            return;
        }
        WheelTimer head = lists[level * SLOTS + (int) ((tick >>> (BITS * level)) & (SLOTS - 1))];
        while (head != null && !isEmpty(head)) {
            WheelTimer timer = head.next;
            remove(timer);
            size++;
            place(timer);
        }
    }

    private void place(WheelTimer timer) {
        if (timer.deadlineTick <= tick) {
            link(expired, timer, EXPIRED);
            return;
        }
        long until = Math.min(timer.deadlineTick, tick + HORIZON_TICKS);
        int level =
                Math.min(LEVELS - 1, (Long.SIZE - 1 - Long.numberOfLeadingZeros((tick ^ until) | (SLOTS - 1))) / BITS);
        int slot = (int) ((until >>> (BITS * level)) & (SLOTS - 1));
        int list = level * SLOTS + slot;
        if (lists[list] == null) {
            lists[list] = new Head();
        }
        link(lists[list], timer, list);
        occupied[level] |= 1L << slot;
    }

    private static void link(WheelTimer head, WheelTimer timer, int list) {
        timer.previous = head.previous;
        timer.next = head;
        head.previous.next = timer;
        head.previous = timer;
        timer.list = list;
    }

    private static boolean isEmpty(WheelTimer head) {
        return head.next == head;
    }

    /** The first link of a list. */
    private static final class Head extends WheelTimer {
        @Override
        protected void expired() {
            throw new IllegalStateException("a list's head is never due");
        }
    }

    /** The first tick after the present one at which a slot of any level is to be opened. */
    private long nextTick() {
        long first = Long.MAX_VALUE;
        for (int level = 0; level < LEVELS; level++) {
            if (occupied[level] != 0) {
                first = Math.min(first, nextTick(level));
            }
        }
        return first;
    }

    private long nextTick(int level) {
        int shift = BITS * level;
        int now = (int) ((tick >>> shift) & (SLOTS - 1));
        // Rotated so that the slot after the present one is bit 0; the present one comes last, a whole turn away.
        long ahead = Long.rotateRight(occupied[level], now + 1);
        long slotsAhead = Long.numberOfTrailingZeros(ahead) + 1L;
        return ((tick >>> shift) + slotsAhead) << shift;
    }
}
