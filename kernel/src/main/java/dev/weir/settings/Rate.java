package dev.weir.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** So many events in a span of time, written as "2000/s", "30/m" or "5/h". */
public record Rate(long events, Duration per) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,12})/(s|m|h)");

    /** Refuses rates of nothing. */
    public Rate {
        if (events <= 0 || per.isNegative() || per.isZero()) {
            throw new IllegalArgumentException(
                    "a rate needs at least one event in a positive time: " + events + " in " + per);
        }
    }

    /** Reads the written form; empty when the text is not of that form. */
    public static Optional<Rate> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || Long.parseLong(form.group(1)) == 0) {
            return Optional.empty();
        }
        Duration per = switch (form.group(2)) {
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            default -> Duration.ofHours(1);
        };
        return Optional.of(new Rate(Long.parseLong(form.group(1)), per));
    }

    @Override
    public String toString() {
        String unit = per.equals(Duration.ofSeconds(1)) ? "s" : per.equals(Duration.ofMinutes(1)) ? "m" : "h";
        return events + "/" + unit;
    }
}
