package dev.weir.protocols.http1;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Times as HTTP writes them (RFC 9110, 5.6.7), and the {@code Date} field of a loop, which is written anew once a second. */
public final class HttpDate {
    private static final DateTimeFormatter FIXDATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** What a recipient must understand, too. The two-digit year lies within 50 years of 2000, near enough to the RFC's rule. */
    private static final List<DateTimeFormatter> OLD = List.of(
            new DateTimeFormatterBuilder()
                    .appendPattern("EEEE, dd-MMM-")
                    .appendValueReduced(ChronoField.YEAR, 2, 2, 1970)
                    .appendPattern(" HH:mm:ss 'GMT'")
                    .toFormatter(Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC));

    /** There is no reading of the loop's clock. */
    static final long NO_STAMP = Long.MIN_VALUE;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long MILLIS_PER_SECOND = 1000;

    private final InstantSource instants;
    private long second = Long.MIN_VALUE;
    /** A reading of the loop's clock at which the second is over. */
    private long endNanos = NO_STAMP;

    private byte[] field = {};
    private byte[] lastField = {};

    HttpDate(InstantSource instants) {
        this.instants = instants;
    }

    /**
     * Looks at the time.
     *
     * @param stampNanos a reading of the loop's clock that was taken just now, which spares another one mostly; or {@link #NO_STAMP}
     */
    void look(long stampNanos) {
        if (stampNanos != NO_STAMP && endNanos != NO_STAMP && stampNanos - endNanos < 0) {
            return;
        }
        long millis = instants.millis();
        long now = Math.floorDiv(millis, MILLIS_PER_SECOND);
        endNanos = stampNanos == NO_STAMP
                ? NO_STAMP
                : stampNanos + (MILLIS_PER_SECOND - Math.floorMod(millis, MILLIS_PER_SECOND)) * NANOS_PER_MILLI;
        if (now != second) {
            second = now;
            String line = "Date: " + format(Instant.ofEpochSecond(now)) + "\r\n";
            field = line.getBytes(StandardCharsets.US_ASCII);
            lastField = (line + "\r\n").getBytes(StandardCharsets.US_ASCII);
        }
    }

    /** The field's line with its end. Not to be changed. */
    byte[] field() {
        return field;
    }

    /** The same, with the empty line that ends the head. */
    byte[] lastField() {
        return lastField;
    }

    /** The time as an IMF-fixdate, "Sun, 06 Nov 1994 08:49:37 GMT". */
    public static String format(Instant time) {
        return FIXDATE.format(time);
    }

    /** The time that a date says, in any of the three forms; empty when it is none of them. */
    public static Optional<Instant> parse(String date) {
        Optional<Instant> time = parse(FIXDATE, date);
        for (int i = 0; i < OLD.size() && time.isEmpty(); i++) {
            time = parse(OLD.get(i), date);
        }
        return time;
    }

    private static Optional<Instant> parse(DateTimeFormatter form, String date) {
        try {
            return Optional.of(Instant.from(form.parse(date)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
