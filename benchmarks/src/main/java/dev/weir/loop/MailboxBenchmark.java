package dev.weir.loop;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What handing a task to a loop costs where no other thread is in the way: the floor of a call from off the loop. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MailboxBenchmark {
    private static final int TASKS = 16;

    private final Mailbox mailbox = new Mailbox();

    /** A task at a time. */
    @Benchmark
    public Runnable putAndTake() {
        mailbox.put(MailboxBenchmark::nothing);
        return mailbox.take();
    }

    /** A turn's worth of tasks; the figure is for one of them. */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public void putSixteenAndTakeThem(Blackhole taken) {
        for (int i = 0; i < TASKS; i++) {
            mailbox.put(MailboxBenchmark::nothing);
        }
        for (int i = 0; i < TASKS; i++) {
            taken.consume(mailbox.take());
        }
    }

    private static void nothing() {}
}
