package dev.weir.time;

/** A task that waits for its time. Owned by the event loop that scheduled it. */
public interface Timer {

    /** Takes the task back. Does nothing when it has run or was taken back before. On the owning loop only. */
    void cancel();

    /** True until the task has run or was taken back. */
    boolean isPending();
}
