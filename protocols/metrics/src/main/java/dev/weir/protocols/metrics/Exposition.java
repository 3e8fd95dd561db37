package dev.weir.protocols.metrics;

import dev.weir.metrics.Metrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The readings as Prometheus text. Any thread; one text at a time. */
final class Exposition {

    /** What a meter shows: the reading at the last look. */
    private static final class Reading {
        private double value;

        double value() {
            return value;
        }
    }

    private record Shown(Reading reading, Meter meter) {}

    private final Metrics metrics;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<Metrics.Id, Shown> shown = new HashMap<>();

    /** @param jvm whether the JVM's own numbers are told, too */
    Exposition(Metrics metrics, boolean jvm) {
        this.metrics = metrics;
        if (jvm) {
            List.of(
                            new JvmMemoryMetrics(),
                            new JvmThreadMetrics(),
                            new FileDescriptorMetrics(),
                            new ProcessorMetrics(),
                            new UptimeMetrics())
                    .forEach(binder -> binder.bindTo(registry));
        }
    }

    /** All readings as they are now. */
    synchronized String text() {
        Set<Metrics.Id> gone = new HashSet<>(shown.keySet());
        metrics.read((id, kind, value) -> {
            gone.remove(id);
            shown.computeIfAbsent(id, unseen -> show(unseen, kind)).reading().value = value;
        });
        gone.forEach(id -> registry.remove(shown.remove(id).meter()));
        return registry.scrape();
    }

    private Shown show(Metrics.Id id, Metrics.Kind kind) {
        Reading reading = new Reading();
        Tags tags = Tags.of(id.labels().entrySet().stream()
                .map(label -> Tag.of(label.getKey(), label.getValue()))
                .toList());
        Meter meter = switch (kind) {
            case COUNTER ->
                FunctionCounter.builder(id.name(), reading, Reading::value)
                        .tags(tags)
                        .register(registry);
            case GAUGE ->
                Gauge.builder(id.name(), reading, Reading::value).tags(tags).register(registry);
        };
        return new Shown(reading, meter);
    }
}
