package dev.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class LatencyHistogramProperties {
    @Property
    void aQuantileIsThatOfTheSortedValuesOrAtMostOneSixtyFourthMore(
            @ForAll @Size(min = 1, max = 300) List<@LongRange(min = 0) Long> nanos,
            @ForAll @IntRange(min = 1, max = 1000) int thousandths) {
        LatencyHistogram histogram = new LatencyHistogram();
        for (long value : nanos) {
            histogram.record(value);
        }
        double share = thousandths / 1000.0;
        long exact = nanos.stream().sorted().toList().get((int) Math.ceil(share * nanos.size()) - 1);

        assertThat(histogram.quantileNanos(share))
                .isBetween(exact, Math.addExact(exact, Math.min(exact / 64, Long.MAX_VALUE - exact)));
    }

    @Property
    void whatWasClearedIsForgotten(
            @ForAll @LongRange(min = 0) long forgotten, @ForAll @LongRange(min = 0, max = 127) long kept) {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.record(forgotten);
        histogram.clear();
        assertThat(histogram.quantileNanos(0.5)).isZero();
        histogram.record(kept);
        assertThat(histogram.quantileNanos(0.5)).isEqualTo(kept);
    }
}
