package dev.weir.loop;

/**
 * A timer in a {@link TimerWheel}: a link of a circular list. What it does when its time has come is its own: who needs one for as long
 * as it lives, as each connection does, extends it and has it without an object more. Owned by the wheel's loop.
 */
public abstract class WheelTimer {
    /** Says that it stands in no list. */
    static final int NOWHERE = -1;

    long deadlineTick;
    WheelTimer previous = this;
    WheelTimer next = this;
    /** The list that it stands in: level * SLOTS + slot, or {@link TimerWheel#EXPIRED}. */
    int list = NOWHERE;

    /** A timer that does not wait yet. */
    protected WheelTimer() {}

    /** Its time has come. It waits no more, and may be set again. */
    protected abstract void expired();

    /** True while it waits. */
    public final boolean isPending() {
        return list != NOWHERE;
    }
}
