package dev.weir.protocols.http1;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
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
            new java.time.format.DateTimeFormatterBuilder()
                    .appendPattern("EEEE, dd-MMM-")
                    .appendValueReduced(ChronoField.YEAR, 2, 2, 1970)
                    .appendPattern(" HH:mm:ss 'GMT'")
                    .toFormatter(Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC));

    private final InstantSource instants;
    private long second = Long.MIN_VALUE;
    private byte[] field = {};

    HttpDate(InstantSource instants) {
        this.instants = instants;
    }

    /** The field's line with its end. Valid until the next call, and not to be changed. */
    byte[] field() {
        long now = Math.floorDiv(instants.millis(), 1000L);
        if (now != second) {
            second = now;
            field = ("Date: " + format(Instant.ofEpochSecond(now)) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        }
        return field;
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
        } catch (DateTimeParseException e) {
            return Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
