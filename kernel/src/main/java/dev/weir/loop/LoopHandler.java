package dev.weir.loop;

/** Something that is registered with a loop's poller. All methods are called on the loop. */
public interface LoopHandler {

    /** The socket is ready as {@link dev.weir.transport.Readiness} says. */
    void ready(int readiness);

    /** A send that was pending is done. */
    default void sent(long bytes) {
        throw new IllegalStateException("nothing was sent: " + bytes);
    }
}
