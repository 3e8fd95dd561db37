package dev.weir.server;

import dev.weir.engine.OverloadGate;
import dev.weir.fault.FailureLog;
import dev.weir.lifecycle.OverloadPolicy;
import dev.weir.lifecycle.OverloadPolicy.Action;
import dev.weir.lifecycle.OverloadPolicy.Proceed;
import dev.weir.lifecycle.OverloadPolicy.Reading;
import dev.weir.lifecycle.OverloadPolicy.Resource;
import dev.weir.metrics.Gauge;
import dev.weir.metrics.Metrics;
import dev.weir.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what the overload policy watches, ten times a second, and tells the acceptors what it wants. It does so on a thread of its
 * own: an overloaded loop must not be what finds out. A line in the log when overload begins, and one when it ends.
 */
final class OverloadWatch {
    private static final Logger LOG = LoggerFactory.getLogger(OverloadWatch.class);
    private static final long EVERY_NANOS = Duration.ofMillis(100).toNanos();

    private final OverloadPolicy policy;
    private final List<Resource> watched;
    private final ResourceReader resources;
    private final Clock clock;
    private final OverloadGate gate = new OverloadGate();
    private final FailureLog failures = new FailureLog(LOG);
    private final Gauge level;
    private final Map<Resource, Gauge> readings = new EnumMap<>(Resource.class);
    private final Thread thread = new Thread(this::run, "weir-overload");
    private volatile boolean stopped;
    private boolean looked;
    private long lookedNanos;
    private long beganNanos;

    OverloadWatch(OverloadPolicy policy, ResourceReader resources, Clock clock, Metrics metrics) {
        this.policy = policy;
        this.watched = watchedBy(policy);
        this.resources = resources;
        this.clock = clock;
        this.level = metrics.gauge("weir.overload.level", Map.of());
        for (Resource resource : watched) {
            readings.put(resource, metrics.gauge(nameOf(resource), Map.of()));
        }
        thread.setDaemon(true);
    }

    private static List<Resource> watchedBy(OverloadPolicy policy) {
        try {
            return List.copyOf(policy.watched());
        } catch (RuntimeException | LinkageError | AssertionError e) {
            LOG.error("the overload policy failed to say what it watches; newcomers come in", e);
            return List.of();
        }
    }

    private static String nameOf(Resource resource) {
        return switch (resource) {
            case LOOP_LAG -> "weir.overload.loop.lag.nanos";
            case HEAP -> "weir.overload.heap.percent";
            case DIRECT_MEMORY -> "weir.overload.direct-memory.percent";
            case DESCRIPTORS -> "weir.overload.descriptors.percent";
        };
    }

    /** What the acceptors go by. */
    OverloadGate gate() {
        return gate;
    }

    /** Looks again and again from now on, if there is anything to look at. */
    void start() {
        if (!watched.isEmpty()) {
            thread.start();
        }
    }

    /** Ends that, and waits until it has ended. */
    void stop() throws InterruptedException {
        stopped = true;
        LockSupport.unpark(thread);
        thread.join();
    }

    /** Looks, if it is time to: for who turns the loops by hand and has no threads. */
    void lookIfDue() {
        long now = clock.nanoTime();
        if (!watched.isEmpty() && (!looked || now - lookedNanos >= EVERY_NANOS)) {
            looked = true;
            lookedNanos = now;
            look();
        }
    }

    private void run() {
        while (!stopped) {
            look();
            LockSupport.parkNanos(EVERY_NANOS);
        }
    }

    private void look() {
        try {
            List<Reading> read = new ArrayList<>();
            for (Resource resource : watched) {
                resources.read(resource).ifPresent(reading -> {
                    readings.get(resource).set(reading.value());
                    read.add(reading);
                });
            }
            apply(Objects.requireNonNull(policy.judge(read), "no action"), read);
        } catch (RuntimeException | LinkageError | AssertionError e) {
            failures.error(clock.nanoTime(), "the overload policy failed; newcomers come in", e);
            gate.set(Proceed.PROCEED);
        }
    }

    private void apply(Action wanted, List<Reading> read) {
        boolean was = !(gate.action() instanceof Proceed);
        boolean is = !(wanted instanceof Proceed);
        gate.set(wanted);
        level.set(is ? 1 : 0);
        if (is && !was) {
            beganNanos = clock.nanoTime();
            LOG.warn("overload begins: {}; {}", read, wanted);
        } else if (was && !is) {
            LOG.info(
                    "overload ends after {} ms: {}",
                    Duration.ofNanos(clock.nanoTime() - beganNanos).toMillis(),
                    read);
        }
    }
}
