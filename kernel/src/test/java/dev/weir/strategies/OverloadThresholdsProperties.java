package dev.weir.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.lifecycle.OverloadPolicy;
import dev.weir.lifecycle.OverloadPolicy.Reading;
import dev.weir.lifecycle.OverloadPolicy.Resource;
import dev.weir.settings.ConfigFault;
import dev.weir.settings.Settings;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** When overload begins and ends. */
class OverloadThresholdsProperties {
    private static final String ALL = """
            act = delay, stale-after = 30s
            loop-lag { enter = 500ms, leave = 100ms }, heap { enter = 90, leave = 80 }
            direct-memory { enter = off, leave = 80 }, descriptors { enter = 70, leave = 60 }
            """;
    private static final long STALE = Duration.ofSeconds(30).toNanos();

    @Property
    void beginsAtEnterEndsAtLeaveAndBetweenThemIsAsItWas(
            @ForAll @Size(max = 50) List<@IntRange(min = 75, max = 95) Integer> values) {
        OverloadPolicy policy = OverloadThresholds.from(Settings.parse(ALL));
        boolean over = false;
        for (int value : values) {
            over = value >= 90 || (over && value > 80);
            assertThat(isOver(policy.judge(List.of(new Reading(Resource.HEAP, value, 0)))))
                    .isEqualTo(over);
        }
    }

    @Property
    void aStaleReadingIsNormal(
            @ForAll @IntRange(min = 90, max = 100) int value, @ForAll @IntRange(max = 60) int seconds) {
        OverloadPolicy policy = OverloadThresholds.from(Settings.parse(ALL));
        assertThat(isOver(policy.judge(List.of(new Reading(Resource.HEAP, value, 0)))))
                .isTrue();
        long age = Duration.ofSeconds(seconds).toNanos();
        assertThat(isOver(policy.judge(List.of(new Reading(Resource.HEAP, value, age)))))
                .isEqualTo(age <= STALE);
    }

    @Property
    void endsOnlyWhenEveryResourceIsDown(@ForAll boolean heap, @ForAll boolean lag, @ForAll boolean descriptors) {
        OverloadPolicy policy = OverloadThresholds.from(Settings.parse(ALL));
        policy.judge(readings(95, 600, 75));
        var then = policy.judge(readings(heap ? 95 : 80, lag ? 600 : 100, descriptors ? 75 : 60));
        assertThat(isOver(then)).isEqualTo(heap || lag || descriptors);
    }

    @Example
    void whatIsOffIsNotWatched() {
        OverloadPolicy policy = OverloadThresholds.from(Settings.parse(ALL));
        assertThat(policy.watched()).containsExactlyInAnyOrder(Resource.LOOP_LAG, Resource.HEAP, Resource.DESCRIPTORS);
        assertThat(isOver(policy.judge(List.of(new Reading(Resource.DIRECT_MEMORY, 100, 0)))))
                .isFalse();
    }

    @Example
    void whatIsNotReadAnyMoreIsNotOver() {
        OverloadPolicy policy = OverloadThresholds.from(Settings.parse(ALL));
        assertThat(isOver(policy.judge(readings(95, 0, 0)))).isTrue();
        assertThat(isOver(policy.judge(List.of()))).isFalse();
    }

    @Example
    void actSaysWhatBecomesOfNewcomers() {
        assertThat(OverloadThresholds.from(Settings.parse(ALL)).judge(readings(95, 0, 0)))
                .isInstanceOf(OverloadPolicy.Delay.class);
        assertThat(OverloadThresholds.from(Settings.parse(ALL + "act = refuse")).judge(readings(95, 0, 0)))
                .isEqualTo(new OverloadPolicy.RefuseAll("overloaded: [HEAP]"));
    }

    @Example
    void thresholdsWithoutAGapAreAFault() {
        Settings settings = Settings.parse(ALL + "heap { enter = 80, leave = 80 }");
        OverloadThresholds.from(settings);
        assertThat(settings.faults().all())
                .singleElement()
                .extracting(ConfigFault::path, ConfigFault::problem)
                .containsExactly("settings.heap.leave", "is not below enter.");
    }

    private static List<Reading> readings(int heap, int lagMillis, int descriptors) {
        return List.of(
                new Reading(Resource.HEAP, heap, 0),
                new Reading(Resource.LOOP_LAG, Duration.ofMillis(lagMillis).toNanos(), 0),
                new Reading(Resource.DESCRIPTORS, descriptors, 0));
    }

    private static boolean isOver(OverloadPolicy.Action action) {
        return !(action instanceof OverloadPolicy.Proceed);
    }
}
