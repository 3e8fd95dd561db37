package dev.weir.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;

/**
 * The process's list of readings, by name and labels. Parts register at start-up; whoever exports them reads at leisure. Any
 * thread.
 */
public final class Metrics {

    /** Says whether a reading only grows. */
    public enum Kind {
        COUNTER,
        GAUGE
    }

    /**
     * The name of a reading.
     *
     * @param name words joined by dots, with the unit last where there is one ({@code weir.loop.lag.nanos})
     * @param labels label to value, in alphabetical order ({@code server="echo"})
     */
    public record Id(String name, Map<String, String> labels) implements Comparable<Id> {
        /** Copies the labels. */
        public Id {
            labels = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(labels));
        }

        @Override
        public int compareTo(Id other) {
            int byName = name.compareTo(other.name);
            return byName != 0 ? byName : labels.toString().compareTo(other.labels.toString());
        }
    }

    /** What a reader is shown for each reading. */
    @FunctionalInterface
    public interface Reader {
        /** One reading. */
        void reading(Id id, Kind kind, long value);
    }

    private record Source(Kind kind, LongSupplier value) {}

    private final Map<Id, Source> sources = new ConcurrentSkipListMap<>();

    /** Lists a counter and returns it. */
    public Counter counter(String name, Map<String, String> labels) {
        Counter counter = new Counter();
        sources.put(new Id(name, labels), new Source(Kind.COUNTER, counter::value));
        return counter;
    }

    /** Lists a gauge and returns it. */
    public Gauge gauge(String name, Map<String, String> labels) {
        Gauge gauge = new Gauge();
        sources.put(new Id(name, labels), new Source(Kind.GAUGE, gauge::value));
        return gauge;
    }

    /** Lists a reading that is computed when asked for. {@code value} must be safe to call from any thread. */
    public void watch(String name, Map<String, String> labels, Kind kind, LongSupplier value) {
        sources.put(new Id(name, labels), new Source(kind, value));
    }

    /** Takes a reading off the list. */
    public void remove(String name, Map<String, String> labels) {
        sources.remove(new Id(name, labels));
    }

    /** Shows every reading, ordered by name and labels. */
    public void read(Reader reader) {
        sources.forEach((id, source) -> reader.reading(id, source.kind, source.value.getAsLong()));
    }
}
