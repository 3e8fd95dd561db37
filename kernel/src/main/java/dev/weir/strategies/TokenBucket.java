package dev.weir.strategies;

import dev.weir.settings.Rate;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lets so many through in a time, and after a rest so many at once. Kept as one moment, at which the bucket will be full again (the
 * generic cell rate algorithm, ITU-T I.371), so nothing needs to fill it. Any thread.
 */
final class TokenBucket {
    /** When the bucket is full again if nobody comes, by the clock of the callers. */
    private record FullAt(long nanos) {}

    private final long intervalNanos;
    private final long burstNanos;
    /** Null while nobody has come. */
    private final AtomicReference<FullAt> state = new AtomicReference<>();

    /** @param burst how many come through at once after a rest, 1 or more */
    TokenBucket(Rate rate, int burst) {
        this.intervalNanos = rate.per().toNanos() / rate.events();
        this.burstNanos = (burst - 1) * intervalNanos;
    }

    /** How long nobody may come through; 0 or less: one may now. */
    long delayNanos(long now) {
        FullAt full = state.get();
        return full == null ? 0 : full.nanos - now - burstNanos;
    }

    /** One comes through, if one may. */
    boolean tryTake(long now) {
        while (true) {
            FullAt full = state.get();
            if (full != null && full.nanos - now > burstNanos) {
                return false;
            }
            if (state.compareAndSet(full, afterOne(full, now))) {
                return true;
            }
        }
    }

    /** One has come through; if none might, later ones wait the longer. */
    void take(long now) {
        state.updateAndGet(full -> afterOne(full, now));
    }

    private FullAt afterOne(FullAt full, long now) {
        return new FullAt((full == null || full.nanos - now < 0 ? now : full.nanos) + intervalNanos);
    }
}
