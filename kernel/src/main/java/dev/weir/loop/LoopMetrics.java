package dev.weir.loop;

import dev.weir.metrics.Counter;
import dev.weir.metrics.Gauge;
import dev.weir.metrics.Metrics;
import java.util.Map;

/** What a loop tells of itself. Written by the loop, read by any thread. */
public final class LoopMetrics {
    final Counter turns;
    final Counter events;
    final Counter tasks;
    final Counter timers;
    final Gauge lagNanos;
    final Gauge lagMaxNanos;
    private final Gauge turnEnded = new Gauge();

    LoopMetrics(Metrics metrics, int index) {
        Map<String, String> labels = Map.of("loop", Integer.toString(index));
        turns = metrics.counter("weir.loop.turns", labels);
        events = metrics.counter("weir.loop.events", labels);
        tasks = metrics.counter("weir.loop.tasks", labels);
        timers = metrics.counter("weir.loop.timers", labels);
        lagNanos = metrics.gauge("weir.loop.lag.nanos", labels);
        lagMaxNanos = metrics.gauge("weir.loop.lag.max.nanos", labels);
    }

    /** Turns so far. */
    public long turns() {
        return turns.value();
    }

    /** How long the last turn kept a new event waiting, in nanoseconds. */
    public long lagNanos() {
        return lagNanos.value();
    }

    /** When the last turn ended, by the loop's clock. */
    long turnEndedNanos() {
        return turnEnded.value();
    }

    void turnTook(long beganNanos, long endedNanos) {
        long nanos = endedNanos - beganNanos;
        turns.increment();
        turnEnded.set(endedNanos);
        lagNanos.set(nanos);
        if (nanos > lagMaxNanos.value()) {
            lagMaxNanos.set(nanos);
        }
    }
}
