package dev.weir.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.settings.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** What comes through a bucket, at whatever times it is asked; time begins anywhere and may wrap. */
class TokenBucketProperties {
    @Property
    void inNoTimeComesMoreThroughThanTheRateAndOneBurst(
            @ForAll @IntRange(min = 1, max = 10_000) int events,
            @ForAll @IntRange(min = 1, max = 50) int burst,
            @ForAll long start,
            @ForAll @Size(max = 200) List<@LongRange(min = 0, max = 300_000_000) Long> pauses) {
        long interval = Duration.ofSeconds(1).toNanos() / events;
        TokenBucket bucket = new TokenBucket(new Rate(events, Duration.ofSeconds(1)), burst);
        List<Long> through = new ArrayList<>();
        long elapsed = 0;
        for (long pause : pauses) {
            elapsed += pause;
            if (bucket.tryTake(start + elapsed)) {
                through.add(elapsed);
            }
        }
        for (int from = 0; from < through.size(); from++) {
            for (int to = from; to < through.size(); to++) {
                long time = through.get(to) - through.get(from);
                assertThat(to - from + 1L).isLessThanOrEqualTo(burst + time / interval);
            }
        }
    }

    @Property
    void whoWaitsAsLongAsHeIsToldComesThroughAndNotBefore(
            @ForAll @IntRange(min = 1, max = 10_000) int events,
            @ForAll @IntRange(min = 1, max = 50) int burst,
            @ForAll long start,
            @ForAll @IntRange(min = 1, max = 200) int takes) {
        long interval = Duration.ofSeconds(1).toNanos() / events;
        TokenBucket bucket = new TokenBucket(new Rate(events, Duration.ofSeconds(1)), burst);
        long now = start;
        for (int i = 0; i < takes; i++) {
            long delay = bucket.delayNanos(now);
            if (delay > 0) {
                assertThat(bucket.tryTake(now + delay - 1)).isFalse();
                now += delay;
            }
            assertThat(bucket.tryTake(now)).isTrue();
        }
        // The burst at once, and then one at a time.
        assertThat(now - start).isEqualTo(Math.max(0, takes - burst) * interval);
    }

    @Property
    void whatIsTakenTooSoonIsWaitedForLater(
            @ForAll @IntRange(min = 1, max = 10_000) int events,
            @ForAll @IntRange(min = 1, max = 50) int burst,
            @ForAll long start,
            @ForAll @IntRange(min = 1, max = 200) int takes) {
        long interval = Duration.ofSeconds(1).toNanos() / events;
        TokenBucket bucket = new TokenBucket(new Rate(events, Duration.ofSeconds(1)), burst);
        for (int i = 0; i < takes; i++) {
            bucket.take(start);
        }
        assertThat(Math.max(0, bucket.delayNanos(start))).isEqualTo(Math.max(0, takes - burst + 1) * interval);
    }
}
