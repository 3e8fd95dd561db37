package dev.weir.loop;

import dev.weir.time.Timer;

/** A timer in a {@link TimerWheel}: a link of a circular list. Owned by the wheel's loop. */
final class WheelTimer implements Timer {
    final long deadlineTick;
    private Runnable task;
    WheelTimer previous = this;
    WheelTimer next = this;
    /** The list that it stands in: level * SLOTS + slot, or {@link TimerWheel#EXPIRED}. */
    int list = -1;

    private final TimerWheel wheel;

    WheelTimer(TimerWheel wheel, long deadlineTick, Runnable task) {
        this.wheel = wheel;
        this.deadlineTick = deadlineTick;
        this.task = task;
    }

    @Override
    public void cancel() {
        if (task != null) {
            task = null;
            wheel.remove(this);
        }
    }

    @Override
    public boolean isPending() {
        return task != null;
    }

    /** Gives the task and forgets it. */
    Runnable expire() {
        Runnable due = task;
        task = null;
        return due;
    }
}
