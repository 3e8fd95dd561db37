package dev.weir.loop;

import dev.weir.time.Timer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a deadline costs that is set and then not needed, the usual fate of one, beside others that wait. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TimerWheelBenchmark {
    private static final long SPREAD_NANOS = TimeUnit.SECONDS.toNanos(300);

    /** Timers that wait all the time. */
    @Param({"0", "10000"})
    public int waiting;

    private TimerWheel wheel;
    private long ahead;

    /** Fills the wheel with deadlines spread over five minutes. */
    @Setup
    public void fill() {
        wheel = new TimerWheel(0);
        for (int i = 1; i <= waiting; i++) {
            wheel.add(SPREAD_NANOS / waiting * i, TimerWheelBenchmark::nothing);
        }
    }

    /** Sets a timer, each time for another delay, and cancels it. */
    @Benchmark
    public Timer addAndCancel() {
        ahead = (ahead + 7 * TimerWheel.TICK_NANOS) % SPREAD_NANOS;
        Timer timer = wheel.add(ahead, TimerWheelBenchmark::nothing);
        timer.cancel();
        return timer;
    }

    private static void nothing() {}
}
