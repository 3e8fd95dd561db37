package dev.weir.testkit.simulation;

import dev.weir.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is moved. One thread moves it, any may read it. */
public final class VirtualClock implements Clock {
    /** One minute before readings turn negative, so that a longer run finds whoever compares readings instead of differences. */
    private static final long START_NANOS = Long.MAX_VALUE - 60_000_000_000L;

    private final AtomicLong now = new AtomicLong(START_NANOS);

    @Override
    public long nanoTime() {
        return now.get();
    }

    /** Moves it on; {@code time} is 0 or more. */
    public void advance(Duration time) {
        advanceNanos(time.toNanos());
    }

    /** Moves it on; {@code nanos} is 0 or more. */
    public void advanceNanos(long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException("a clock never goes backwards: " + nanos);
        }
        now.addAndGet(nanos);
    }

    /** The time since it was made. */
    public Duration elapsed() {
        return Duration.ofNanos(now.get() - START_NANOS);
    }
}
