package dev.weir.protocols.http1.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which bytes of a file a client asks for (RFC 9110, 14). */
final class ByteRanges {
    private static final String UNIT = "bytes=";

    private static final Pattern RANGE = Pattern.compile("([0-9]*)-([0-9]*)");

    /** No file has a byte there; larger numbers than a long holds count as this. */
    private static final long BEYOND = Long.MAX_VALUE;

    private static final int DIGITS_OF_A_LONG = 18;

    private ByteRanges() {}

    /**
     * Some bytes of a file.
     *
     * @param first the first, from 0
     * @param last the last, no smaller
     */
    record Range(long first, long last) {
        long length() {
            return last - first + 1;
        }

        /** As Content-Range says it (RFC 9110, 14.4). */
        String of(long size) {
            return "bytes " + first + "-" + last + "/" + size;
        }
    }

    /** What is to be sent. */
    sealed interface Selection {
        /** All of it: nothing else was asked for, or nothing that makes sense. */
        record Whole() implements Selection {}

        /** 416: none of what was asked for is there. */
        record Nothing() implements Selection {}

        /** Parts, in the order in which they were asked for. */
        record Parts(List<Range> ranges) implements Selection {}
    }

    /**
     * Reads the field Range.
     *
     * @param lines the field's lines
     * @param size bytes of the file
     * @param most how many ranges may be asked for; who asks for more, or for more bytes than there are, gets the whole (RFC 9110, 14.2)
     */
    static Selection of(List<String> lines, long size, int most) {
        boolean isOurs = lines.size() == 1 && lines.getFirst().regionMatches(true, 0, UNIT, 0, UNIT.length());
        if (!isOurs) {
            return new Selection.Whole();
        }
        List<Range> ranges = new ArrayList<>();
        int asked = 0;
        for (String element : lines.getFirst().substring(UNIT.length()).split(",", -1)) {
            String spec = element.strip();
            if (!spec.isEmpty()) {
                asked++;
                if (asked > most || !isRange(spec)) {
                    return new Selection.Whole();
                }
                within(spec, size).ifPresent(ranges::add);
            }
        }
        return asked == 0 ? new Selection.Whole() : select(ranges, size);
    }

    private static Selection select(List<Range> ranges, long size) {
        if (ranges.isEmpty()) {
            return new Selection.Nothing();
        }
        long left = size;
        for (Range range : ranges) {
            left -= range.length();
            // Parts that overlap so much that they are more than the whole; and of an empty file there is no part to
            // speak of.
            if (left < 0 || range.length() == 0) {
                return new Selection.Whole();
            }
        }
        return new Selection.Parts(ranges);
    }

    /** int-range or suffix-range (RFC 9110, 14.1.1); one that ends before it begins is none. */
    private static boolean isRange(String spec) {
        Matcher range = RANGE.matcher(spec);
        if (!range.matches() || spec.length() == 1) {
            return false;
        }
        String first = range.group(1);
        String last = range.group(2);
        return first.isEmpty() || last.isEmpty() || number(first) <= number(last);
    }

    /** What there is of a range; empty when there is nothing. The last bytes of an empty file are there, all none of them. */
    private static Optional<Range> within(String spec, long size) {
        int dash = spec.indexOf('-');
        String after = spec.substring(dash + 1);
        if (dash == 0) {
            long count = Math.min(number(after), size);
            boolean isThere = number(after) > 0;
            return isThere ? Optional.of(new Range(size - count, size - 1)) : Optional.empty();
        }
        long first = number(spec.substring(0, dash));
        long last = after.isEmpty() ? size - 1 : Math.min(number(after), size - 1);
        return first < size ? Optional.of(new Range(first, last)) : Optional.empty();
    }

    private static long number(String digits) {
        int zeros = 0;
        while (zeros < digits.length() - 1 && digits.charAt(zeros) == '0') {
            zeros++;
        }
        return digits.length() - zeros > DIGITS_OF_A_LONG ? BEYOND : Long.parseLong(digits.substring(zeros));
    }
}
