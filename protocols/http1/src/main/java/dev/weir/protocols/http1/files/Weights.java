package dev.weir.protocols.http1.files;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client says that it would take, each with a weight in thousandths (RFC 9110, 12.4.2). What is no weight counts as if it were
 * not said, together with its name.
 */
final class Weights {
    static final int MOST = 1000;

    private static final Pattern WEIGHT = Pattern.compile("0(?:\\.(\\d{0,3}))?|1(?:\\.0{0,3})?");

    private final Map<String, Integer> weights = new HashMap<>();

    private Weights() {}

    /** The weights of a field's lines, of which there may be none. */
    static Weights of(List<String> lines) {
        Weights all = new Weights();
        for (String line : lines) {
            for (String element : line.split(",", -1)) {
                all.add(element);
            }
        }
        return all;
    }

    private void add(String element) {
        String[] parts = element.split(";", -1);
        String name = parts[0].strip().toLowerCase(Locale.ROOT);
        int weight = MOST;
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.regionMatches(true, 0, "q=", 0, 2)) {
                weight = thousandths(parameter.substring(2));
            }
        }
        if (!name.isEmpty() && weight >= 0) {
            weights.putIfAbsent(name, weight);
        }
    }

    /** -1 when that is no weight. */
    private static int thousandths(String text) {
        Matcher weight = WEIGHT.matcher(text);
        if (!weight.matches()) {
            return -1;
        }
        if (text.charAt(0) == '1') {
            return MOST;
        }
        String digits = weight.group(1) == null ? "" : weight.group(1);
        return Integer.parseInt((digits + "000").substring(0, 3));
    }

    /** The weight of a name in lower case; empty when it was not said. */
    OptionalInt of(String name) {
        Integer weight = weights.get(name);
        return weight == null ? OptionalInt.empty() : OptionalInt.of(weight);
    }

    /** The weight of the first of these names that was said, from the most to the least particular; 0 when none was. */
    int firstOf(String... names) {
        for (String name : names) {
            OptionalInt weight = of(name);
            if (weight.isPresent()) {
                return weight.getAsInt();
            }
        }
        return 0;
    }
}
