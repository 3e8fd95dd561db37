package dev.weir.loop;

import dev.weir.time.Timer;

/** A timer that runs a task once, as {@link EventLoop#schedule} gives it. */
final class TaskTimer extends WheelTimer implements Timer {
    private final TimerWheel wheel;
    /** Forgotten once it has run or was taken back: who keeps the timer does not keep the task. */
    private Runnable task;

    TaskTimer(TimerWheel wheel, Runnable task) {
        this.wheel = wheel;
        this.task = task;
    }

    @Override
    protected void expired() {
        Runnable due = task;
        task = null;
        due.run();
    }

    @Override
    public void cancel() {
        task = null;
        wheel.remove(this);
    }
}
