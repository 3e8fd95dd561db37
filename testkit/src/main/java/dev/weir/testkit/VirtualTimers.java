package dev.weir.testkit;

import dev.weir.time.Timer;
import java.time.Duration;
import java.util.PriorityQueue;

/** Timers on a clock that only the test moves. Used by the test's thread alone. */
final class VirtualTimers {
    private final PriorityQueue<Entry> waiting = new PriorityQueue<>();
    private long nowNanos;
    private long made;

    Timer schedule(Duration delay, Runnable task) {
        Entry entry = new Entry(nowNanos + Math.max(0, delay.toNanos()), made++, task);
        waiting.add(entry);
        return entry;
    }

    /** Moves the clock, and runs what falls due, in the order of time. */
    void advance(Duration by) {
        long until = nowNanos + by.toNanos();
        while (!waiting.isEmpty() && waiting.peek().dueNanos <= until) {
            Entry due = waiting.remove();
            nowNanos = due.dueNanos;
            due.task.run();
        }
        nowNanos = until;
    }

    /** The time since it was made. */
    long nowNanos() {
        return nowNanos;
    }

    void cancelAll() {
        waiting.clear();
    }

    private final class Entry implements Timer, Comparable<Entry> {
        private final long dueNanos;
        private final long number;
        private final Runnable task;

        Entry(long dueNanos, long number, Runnable task) {
            this.dueNanos = dueNanos;
            this.number = number;
            this.task = task;
        }

        @Override
        public void cancel() {
            waiting.remove(this);
        }

        @Override
        public boolean isPending() {
            return waiting.contains(this);
        }

        @Override
        public int compareTo(Entry other) {
            return dueNanos == other.dueNanos
                    ? Long.compare(number, other.number)
                    : Long.compare(dueNanos, other.dueNanos);
        }
    }
}
