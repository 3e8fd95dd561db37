package dev.weir.settings;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** How values of a configuration are told apart and shown in messages. */
final class Values {
    private static final Pattern NUMBER = Pattern.compile("\\s*[-+]?[\\d.]+([eE][-+]?\\d+)?\\s*");
    /** A file of the user comes before what has no file: the references of the jars. */
    static final Comparator<ConfigValue> BY_PLACE = Comparator.comparing(
                    (ConfigValue leaf) -> leaf.origin().filename() == null)
            .thenComparing(leaf -> Objects.requireNonNullElse(leaf.origin().filename(), ""))
            .thenComparingInt(leaf -> leaf.origin().lineNumber());

    private static final List<Unit> UNITS = List.of(
            new Unit("d", Duration.ofDays(1).toNanos()),
            new Unit("h", Duration.ofHours(1).toNanos()),
            new Unit("m", Duration.ofMinutes(1).toNanos()),
            new Unit("s", Duration.ofSeconds(1).toNanos()),
            new Unit("ms", Duration.ofMillis(1).toNanos()),
            new Unit("us", Duration.ofNanos(1000).toNanos()),
            new Unit("ns", 1));

    private Values() {}

    /** The value with a line of its own: merged objects have none, their leaves do. */
    static ConfigValue firstLeaf(ConfigValue value) {
        return value instanceof ConfigObject object && !object.isEmpty()
                ? object.values().stream().map(Values::firstLeaf).min(BY_PLACE).orElseThrow()
                : value;
    }

    /** A text that can name a part. */
    static boolean isName(ConfigValue value) {
        return value.valueType() == ConfigValueType.STRING && !((String) value.unwrapped()).isBlank();
    }

    /** A number without a unit. */
    static boolean isBareNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** The value as a message shows it. */
    static String shown(ConfigValue value) {
        return switch (value.valueType()) {
            case OBJECT -> "a block";
            case LIST -> "a list";
            case STRING -> "\"" + value.unwrapped() + "\"";
            default -> String.valueOf(value.unwrapped());
        };
    }

    /** A time with the largest unit that keeps it whole, as the configuration writes it. */
    static String shown(Duration time) {
        long nanos = time.toNanos();
        for (Unit unit : UNITS) {
            if (nanos != 0 && nanos % unit.nanos() == 0) {
                return nanos / unit.nanos() + unit.name();
            }
        }
        return "0s";
    }

    /** A unit of time as HOCON writes it. */
    private record Unit(String name, long nanos) {}
}
