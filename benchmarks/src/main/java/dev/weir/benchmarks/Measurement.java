package dev.weir.benchmarks;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the load saw in one run.
 *
 * @param requests answered
 * @param nanos how long it took
 * @param cpuTicks clock ticks that the server spent meanwhile
 * @param p50Nanos from the sending of a batch to its last reply: half of them took no longer
 * @param p99Nanos 99 of 100 took no longer
 */
record Measurement(long requests, long nanos, long cpuTicks, long p50Nanos, long p99Nanos) {
    private static final Pattern LINE =
            Pattern.compile("requests=(\\d+) nanos=(\\d+) cpu-ticks=(\\d+) p50-nanos=(\\d+) p99-nanos=(\\d+)");

    /** As one line, by which a process tells another. */
    String line() {
        return "requests=%d nanos=%d cpu-ticks=%d p50-nanos=%d p99-nanos=%d"
                .formatted(requests, nanos, cpuTicks, p50Nanos, p99Nanos);
    }

    /**
     * Reads {@link #line}.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Measurement parse(String line) {
        Matcher fields = LINE.matcher(line);
        if (!fields.matches()) {
            throw new IllegalArgumentException("not a measurement: " + line);
        }
        return new Measurement(
                Long.parseLong(fields.group(1)),
                Long.parseLong(fields.group(2)),
                Long.parseLong(fields.group(3)),
                Long.parseLong(fields.group(4)),
                Long.parseLong(fields.group(5)));
    }

    /** Server CPU time a request, in microseconds. */
    double cpuMicros(long ticksPerSecond) {
        return cpuTicks * 1e6 / ticksPerSecond / requests;
    }

    /** How busy the server was: 100 is one CPU all the time. */
    double cpuPercent(long ticksPerSecond) {
        return cpuTicks * 1e11 / ticksPerSecond / nanos;
    }

    double requestsPerSecond() {
        return requests * 1e9 / nanos;
    }

    double p50Micros() {
        return p50Nanos / 1e3;
    }

    double p99Micros() {
        return p99Nanos / 1e3;
    }
}
