package dev.weir.time;

/** A monotonic clock. May be read by any thread. Only differences of readings mean anything. */
@FunctionalInterface
public interface Clock {

    /** Nanoseconds since an arbitrary origin; never goes backwards. Compare by difference, as with {@link System#nanoTime()}. */
    long nanoTime();

    /** The machine's own clock. */
    static Clock system() {
        return System::nanoTime;
    }
}
