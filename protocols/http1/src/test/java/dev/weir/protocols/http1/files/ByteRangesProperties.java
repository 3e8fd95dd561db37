package dev.weir.protocols.http1.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocols.http1.files.ByteRanges.Range;
import dev.weir.protocols.http1.files.ByteRanges.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class ByteRangesProperties {
    private static final int MOST = 6;

    /** One range as it is asked for; null where nothing is written. */
    record Asked(Long first, Long last) {
        @Override
        public String toString() {
            return (first == null ? "" : first) + "-" + (last == null ? "" : last);
        }

        boolean isValid() {
            return (first != null || last != null) && (first == null || last == null || first <= last);
        }

        /** Looks at each byte of the file by itself. */
        Optional<Range> of(long size) {
            LongPredicate isAsked =
                    at -> first == null ? at >= size - last : at >= first && (last == null || at <= last);
            List<Long> there = new ArrayList<>();
            for (long at = 0; at < size; at++) {
                if (isAsked.test(at)) {
                    there.add(at);
                }
            }
            return there.isEmpty() ? Optional.empty() : Optional.of(new Range(there.getFirst(), there.getLast()));
        }
    }

    @Property
    void theRangesAreTheBytesThatTheModelFinds(
            @ForAll("asked") List<Asked> asked, @ForAll @IntRange(min = 1, max = 30) int size) {
        String field = "bytes=" + asked.stream().map(Asked::toString).collect(Collectors.joining(", "));
        assertThat(ByteRanges.of(List.of(field), size, MOST)).as(field).isEqualTo(model(asked, size));
    }

    private static Selection model(List<Asked> asked, long size) {
        if (asked.isEmpty() || asked.size() > MOST || !asked.stream().allMatch(Asked::isValid)) {
            return new Selection.Whole();
        }
        List<Range> there =
                asked.stream().flatMap(each -> each.of(size).stream()).toList();
        if (there.isEmpty()) {
            return new Selection.Nothing();
        }
        long bytes = there.stream().mapToLong(Range::length).sum();
        return bytes > size ? new Selection.Whole() : new Selection.Parts(there);
    }

    @Property
    void noTextGetsMoreThanTheFileHas(@ForAll("texts") String text, @ForAll @IntRange(max = 30) int size) {
        if (ByteRanges.of(List.of("bytes=" + text), size, MOST) instanceof Selection.Parts(List<Range> ranges)) {
            assertThat(ranges)
                    .hasSizeBetween(1, MOST)
                    .allMatch(range -> range.first() >= 0 && range.last() < size && range.first() <= range.last());
            assertThat(ranges.stream().mapToLong(Range::length).sum()).isLessThanOrEqualTo(size);
        }
    }

    @Provide
    Arbitrary<List<Asked>> asked() {
        Arbitrary<Long> number = Arbitraries.longs().between(0, 35).injectNull(0.25);
        return Combinators.combine(number, number).as(Asked::new).list().ofMaxSize(MOST + 1);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("0123456789--,, x").ofMaxLength(30);
    }
}
