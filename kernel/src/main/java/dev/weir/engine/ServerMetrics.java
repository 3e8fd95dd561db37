package dev.weir.engine;

import dev.weir.fault.CloseReason.Cause;
import dev.weir.fault.Errno;
import dev.weir.lifecycle.AdmissionPolicy.Rule;
import dev.weir.metrics.Counter;
import dev.weir.metrics.Gauge;
import dev.weir.metrics.Metrics;
import dev.weir.transport.TransportException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToLongFunction;

/** A server's numbers: for each loop a set of its own, summed when read. */
public final class ServerMetrics {

    /** What one loop counts for one server. Written on that loop. */
    static final class PerLoop {
        final Counter opened = new Counter();
        final Counter bytesReceived = new Counter();
        final Counter bytesSent = new Counter();
        final Counter messages = new Counter();
        final Counter messagesDropped = new Counter();
        final Counter messagesCoalesced = new Counter();
        final Counter pingsSent = new Counter();
        final Counter bytesUnsent = new Counter();
        final Counter repliesLost = new Counter();
        final Gauge halfClosed = new Gauge();
        final Counter exhausted = new Counter();
        final Counter shed = new Counter();
        final Counter pauses = new Counter();
        final Counter listenerClosings = new Counter();
        /** Connections that are in the loop's list. */
        int present;

        private final Map<Cause, Counter> closed = new EnumMap<>(Cause.class);
        private boolean toldOfHalfClosed;
        private long toldOfHalfClosedNanos;

        PerLoop() {
            for (Cause cause : Cause.values()) {
                closed.put(cause, new Counter());
            }
        }

        Counter closed(Cause cause) {
            return closed.get(cause);
        }

        /** Whether half-closed connections may be told of now: of many, one in so long a time. */
        boolean mayTellOfHalfClosed(long nowNanos, long everyNanos) {
            if (toldOfHalfClosed && nowNanos - toldOfHalfClosedNanos < everyNanos) {
                return false;
            }
            toldOfHalfClosed = true;
            toldOfHalfClosedNanos = nowNanos;
            return true;
        }
    }

    private final PerLoop[] loops;
    private final AtomicLong open = new AtomicLong();
    private final Map<Rule, AtomicLong> refused = new EnumMap<>(Rule.class);
    private final AtomicLong delayed = new AtomicLong();
    private final AtomicReference<Errno> lastOpeningFailure = new AtomicReference<>();

    /** Lists the numbers of a server under {@code weir.server.*}. */
    public ServerMetrics(Metrics metrics, String server, int loopCount) {
        loops = new PerLoop[loopCount];
        for (int i = 0; i < loopCount; i++) {
            loops[i] = new PerLoop();
        }
        Map<String, String> labels = Map.of("server", server);
        metrics.watch("weir.server.connections.open", labels, Metrics.Kind.GAUGE, open::get);
        for (Rule rule : Rule.values()) {
            refused.put(rule, new AtomicLong());
            Map<String, String> byRule = Map.of("server", server, "rule", rule.name());
            metrics.watch("weir.server.connections.refused", byRule, Metrics.Kind.COUNTER, refused.get(rule)::get);
        }
        metrics.watch("weir.server.accepts.delayed", labels, Metrics.Kind.COUNTER, delayed::get);
        metrics.watch(
                "weir.server.connections.half-closed",
                labels,
                Metrics.Kind.GAUGE,
                () -> sum(loop -> loop.halfClosed.value()));
        watch(metrics, "weir.server.connections.opened", labels, loop -> loop.opened.value());
        watch(metrics, "weir.server.bytes.received", labels, loop -> loop.bytesReceived.value());
        watch(metrics, "weir.server.bytes.sent", labels, loop -> loop.bytesSent.value());
        watch(metrics, "weir.server.bytes.unsent", labels, loop -> loop.bytesUnsent.value());
        watch(metrics, "weir.server.replies.lost", labels, loop -> loop.repliesLost.value());
        watch(metrics, "weir.server.connections.shed", labels, loop -> loop.shed.value());
        watch(metrics, "weir.server.accept.exhausted", labels, loop -> loop.exhausted.value());
        watch(metrics, "weir.server.accept.pauses", labels, loop -> loop.pauses.value());
        watch(metrics, "weir.server.listener.closings", labels, loop -> loop.listenerClosings.value());
        watch(metrics, "weir.server.messages.received", labels, loop -> loop.messages.value());
        watch(metrics, "weir.server.messages.dropped", labels, loop -> loop.messagesDropped.value());
        watch(metrics, "weir.server.messages.coalesced", labels, loop -> loop.messagesCoalesced.value());
        watch(metrics, "weir.server.pings.sent", labels, loop -> loop.pingsSent.value());
        for (Cause cause : Cause.values()) {
            Map<String, String> byCause = Map.of("server", server, "cause", cause.name());
            watch(
                    metrics,
                    "weir.server.connections.closed",
                    byCause,
                    loop -> loop.closed(cause).value());
        }
    }

    /** Connections of the server that are open, in all loops. Any thread. */
    public long open() {
        return open.get();
    }

    /** Connections that ended for this cause. Any thread. */
    public long closed(Cause cause) {
        return sum(loop -> loop.closed(cause).value());
    }

    /** Connections that the protocol has seen. Any thread. */
    public long opened() {
        return sum(loop -> loop.opened.value());
    }

    /** Bytes that connections left unsent when they ended. Any thread. */
    public long bytesUnsent() {
        return sum(loop -> loop.bytesUnsent.value());
    }

    /** Connections that ended by Weir's doing with bytes unsent or work in flight. Any thread. */
    public long repliesLost() {
        return sum(loop -> loop.repliesLost.value());
    }

    /** How often somebody waited to be accepted and there was no descriptor or no place. Any thread. */
    public long exhausted() {
        return sum(loop -> loop.exhausted.value());
    }

    /** Clients that were sent away for want of a descriptor or a place. Any thread. */
    public long shed() {
        return sum(loop -> loop.shed.value());
    }

    PerLoop loop(int index) {
        return loops[index];
    }

    /** Whether a connection could not be opened for another reason than the last one that could not. Any thread. */
    boolean isNews(TransportException failure) {
        return failure.errno() != lastOpeningFailure.getAndSet(failure.errno());
    }

    void accepted() {
        open.incrementAndGet();
    }

    void ended() {
        open.decrementAndGet();
    }

    /** Newcomers that were refused by this rule. Any thread. */
    public long refused(Rule rule) {
        return refused.get(rule).get();
    }

    void countRefused(Rule rule) {
        refused.get(rule).incrementAndGet();
    }

    /** A listener waits before it accepts. */
    void delayed() {
        delayed.incrementAndGet();
    }

    private void watch(Metrics metrics, String name, Map<String, String> labels, ToLongFunction<PerLoop> value) {
        metrics.watch(name, labels, Metrics.Kind.COUNTER, () -> sum(value));
    }

    private long sum(ToLongFunction<PerLoop> value) {
        long sum = 0;
        for (PerLoop loop : loops) {
            sum += value.applyAsLong(loop);
        }
        return sum;
    }
}
