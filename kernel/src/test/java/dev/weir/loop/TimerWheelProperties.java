package dev.weir.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class TimerWheelProperties {
    private static final long ORIGIN = -5_000_000_000_123L;
    private static final long HOUR_NANOS = 3_600_000_000_000L;

    /** What a run of the wheel showed: deadlines as they were asked for, in the order in which they fired, with the time. */
    private record Fired(long deadline, long at) {}

    @Property
    void noTimerFiresEarly(@ForAll("delays") List<Long> delays, @ForAll("delays") List<Long> steps) {
        assertThat(run(delays, steps)).allMatch(fired -> fired.at >= fired.deadline);
    }

    @Property
    void everyTimerFiresOnceByTheTickAfterItsDeadline(
            @ForAll("delays") List<Long> delays, @ForAll("delays") List<Long> steps) {
        List<Fired> fired = run(delays, steps);
        assertThat(fired).hasSameSizeAs(delays);
    }

    @Property
    void timersFireInTheOrderOfTheirTicks(@ForAll("delays") List<Long> delays, @ForAll("delays") List<Long> steps) {
        List<Long> ticks =
                run(delays, steps).stream().map(fired -> tick(fired.deadline)).toList();
        assertThat(ticks).isSorted();
    }

    @Property
    void aCancelledTimerNeverFires(@ForAll("delays") List<Long> delays, @ForAll @IntRange(max = 3) int kept) {
        TimerWheel wheel = new TimerWheel(ORIGIN);
        List<Integer> fired = new ArrayList<>();
        List<TaskTimer> timers = new ArrayList<>();
        for (int i = 0; i < delays.size(); i++) {
            int name = i;
            timers.add(wheel.add(ORIGIN + delays.get(i), () -> fired.add(name)));
        }
        for (int i = 0; i < timers.size(); i++) {
            if (i % 4 != kept) {
                timers.get(i).cancel();
            }
        }
        wheel.advance(ORIGIN + 2_000 * HOUR_NANOS, Integer.MAX_VALUE);
        assertThat(fired).allMatch(name -> name % 4 == kept);
        assertThat(wheel.size()).isZero();
        assertThat(wheel.nanosToNext(ORIGIN)).isEqualTo(Long.MAX_VALUE);
    }

    @Property
    void waitingAsLongAsTheWheelSaysSkipsNothing(@ForAll("delays") List<Long> delays) {
        TimerWheel wheel = new TimerWheel(ORIGIN);
        long[] now = {ORIGIN};
        List<Fired> fired = new ArrayList<>();
        delays.forEach(delay -> wheel.add(ORIGIN + delay, () -> fired.add(new Fired(ORIGIN + delay, now[0]))));
        for (int waits = 0; wheel.size() > 0; waits++) {
            assertThat(waits).as("waits").isLessThan(100 * (delays.size() + 1));
            now[0] += wheel.nanosToNext(now[0]);
            wheel.advance(now[0], Integer.MAX_VALUE);
        }
        assertThat(fired).allMatch(one -> one.at >= one.deadline && one.at <= one.deadline + TimerWheel.TICK_NANOS);
    }

    @Provide
    Arbitrary<List<Long>> delays() {
        Arbitrary<Long> near = Arbitraries.longs().between(0, 200_000_000L);
        Arbitrary<Long> far = Arbitraries.longs().between(0, 1_000 * HOUR_NANOS);
        return Arbitraries.oneOf(near, far).list().ofMaxSize(40);
    }

    /** Adds a timer before each step of time, with stalls of up to weeks, then lets all time pass. */
    private static List<Fired> run(List<Long> delays, List<Long> steps) {
        TimerWheel wheel = new TimerWheel(ORIGIN);
        long[] now = {ORIGIN};
        List<Fired> fired = new ArrayList<>();
        for (int i = 0; i < delays.size(); i++) {
            // All deadlines count from the origin, so that a later timer may be due before an earlier one.
            long deadline = Math.max(now[0], ORIGIN + delays.get(i));
            wheel.add(deadline, () -> fired.add(new Fired(deadline, now[0])));
        }
        for (long step : steps) {
            now[0] += step;
            while (wheel.advance(now[0], 3) > 0) {
                // Three at a time: what a turn leaves is due in the next.
            }
        }
        now[0] += 2_000 * HOUR_NANOS;
        wheel.advance(now[0], Integer.MAX_VALUE);
        return fired;
    }

    private static long tick(long deadline) {
        // The tick that is under way when a timer is added is never its tick: the first is 1.
        return Math.max(1, Math.floorDiv(deadline - ORIGIN + TimerWheel.TICK_NANOS - 1, TimerWheel.TICK_NANOS));
    }
}
