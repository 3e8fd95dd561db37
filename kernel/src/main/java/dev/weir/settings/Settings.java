package dev.weir.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Typed getters over one block of the configuration. A getter never throws for bad input: it notes a fault and answers with a
 * value inside the allowed range, so that reading goes on and every fault is found in one run. Who reads a block asks for all of
 * its keys and then calls {@link #rejectUnknown()}. Used by the one thread that starts Weir.
 */
public final class Settings {
    private static final String AUTO = "auto";
    private static final String OFF = "off";
    private static final String OR_AUTO = ", or " + AUTO;
    private static final String OR_OFF = ", or " + OFF;

    private final Block block;

    Settings(Block block) {
        this.block = block;
    }

    /**
     * Settings over a block that already stands on its defaults.
     *
     * @param path the block's full key, for messages; empty for the root
     */
    public static Settings of(Config block, String path, Defaults defaults, ConfigFaults faults) {
        return new Settings(new Block(block.root(), path, block.root().origin(), Block.Owner.NONE, defaults, faults));
    }

    /** Settings from HOCON text, without defaults: for tests of one part. Look at {@link #faults()} for what is wrong. */
    public static Settings parse(String hocon) {
        return of(ConfigFactory.parseString(hocon), "settings", Defaults.none(), new ConfigFaults());
    }

    /** The full key of this block. */
    public String path() {
        return block.path();
    }

    /** The keys and values in force, in alphabetical order, as one line of HOCON; empty when there are none. */
    public String describe() {
        ConfigRenderOptions concise = ConfigRenderOptions.concise().setJson(false);
        return new TreeMap<>(block.values())
                .entrySet().stream()
                        .map(entry -> entry.getKey() + " = " + shown(entry.getValue(), concise))
                        .collect(Collectors.joining(", "));
    }

    private static String shown(ConfigValue value, ConfigRenderOptions form) {
        String text = value.render(form);
        return value instanceof ConfigObject object && !object.isEmpty()
                ? "{" + text + "}"
                : text; // Rendered by itself a block counts as a file, without braces.
    }

    /** Where the faults of this block go. */
    public ConfigFaults faults() {
        return block.faults();
    }

    /** Notes a fault of the value at {@code key}: for rules that span keys or that only the reader knows. */
    public void fault(String key, String problem, String cure) {
        block.fault(key, block.raw(key), problem, cure);
    }

    /** Notes a fault of one of the texts that {@link #strings} gives for {@code key}, counted from 0. */
    public void fault(String key, int text, String problem, String cure) {
        block.fault(key, block.texts(key).get(text), problem, cure);
    }

    /** True when the block has this key. */
    public boolean has(String key) {
        return block.raw(key) != null;
    }

    /** True when the block has this key and its value is a list without items. */
    public boolean isEmptyList(String key) {
        return block.raw(key) instanceof ConfigList list && list.isEmpty();
    }

    /** True when the block has this key and its value is {@code null}. */
    public boolean isNull(String key) {
        ConfigValue value = block.raw(key);
        return value != null && value.valueType() == ConfigValueType.NULL;
    }

    /** The keys of this block, for blocks whose keys are names ({@code weir.servers}). They count as known. */
    public List<String> names() {
        return block.names();
    }

    /** A text. */
    public String string(String key) {
        return block.scalar(key, "a text").orElse("");
    }

    /** A list of texts; a single text counts as a list of one. */
    public List<String> strings(String key) {
        List<ConfigValue> texts = block.texts(key);
        for (ConfigValue item : block.items(key)) {
            if (!texts.contains(item)) {
                block.wrong(key, item, "a text, or a list of texts");
            }
        }
        return texts.stream().map(text -> String.valueOf(text.unwrapped())).toList();
    }

    /** A whole number from {@code least} to {@code most}. */
    public int integer(String key, int least, int most) {
        return integer(key, least, most, "");
    }

    /** A whole number, or empty for {@code auto}. */
    public OptionalInt integerOrAuto(String key, int least, int most) {
        return isWord(key, AUTO) ? OptionalInt.empty() : OptionalInt.of(integer(key, least, most, OR_AUTO));
    }

    /** A whole number, or empty for {@code off}. */
    public OptionalInt integerOrOff(String key, int least, int most) {
        return isWord(key, OFF) ? OptionalInt.empty() : OptionalInt.of(integer(key, least, most, OR_OFF));
    }

    /** {@code on} or {@code off} (also true, false, yes, no). */
    public boolean onOff(String key) {
        String asked = "on or off";
        String text = block.scalar(key, asked).orElse(OFF).toLowerCase(Locale.ROOT);
        return switch (text) {
            case "on", "true", "yes" -> true;
            case OFF, "false", "no" -> false;
            default -> {
                block.wrong(key, block.raw(key), asked);
                yield false;
            }
        };
    }

    /** A size from {@code least} to {@code most}; it must have a unit. */
    public ByteSize size(String key, ByteSize least, ByteSize most) {
        return size(key, least, most, "");
    }

    /** A size, or empty for {@code auto}. */
    public Optional<ByteSize> sizeOrAuto(String key, ByteSize least, ByteSize most) {
        return isWord(key, AUTO) ? Optional.empty() : Optional.of(size(key, least, most, OR_AUTO));
    }

    /** A size, or empty for {@code off}. */
    public Optional<ByteSize> sizeOrOff(String key, ByteSize least, ByteSize most) {
        return isWord(key, OFF) ? Optional.empty() : Optional.of(size(key, least, most, OR_OFF));
    }

    /** A length of time from {@code least} to {@code most}; it must have a unit. */
    public Duration duration(String key, Duration least, Duration most) {
        return duration(key, least, most, "");
    }

    /** A length of time, or empty for {@code off}. */
    public Optional<Duration> durationOrOff(String key, Duration least, Duration most) {
        return isWord(key, OFF) ? Optional.empty() : Optional.of(duration(key, least, most, OR_OFF));
    }

    /** A rate such as "2000/s", or empty for {@code off}. */
    public Optional<Rate> rateOrOff(String key) {
        if (isWord(key, OFF)) {
            return Optional.empty();
        }
        String asked = "a rate such as \"2000/s\", \"30/m\" or \"5/h\", or off";
        Optional<String> text = block.scalar(key, asked);
        Optional<Rate> rate = text.flatMap(Rate::parse);
        if (text.isPresent() && rate.isEmpty()) {
            block.wrong(key, block.raw(key), asked);
        }
        return rate;
    }

    /** One constant of an enum, written in lower case with dashes ({@code answer-then-close}). */
    public <E extends Enum<E>> E oneOf(String key, Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
        String asked = "one of " + String.join(", ", words.keySet());
        Optional<String> text = block.scalar(key, asked);
        E chosen = text.map(words::get).orElse(null);
        if (chosen != null) {
            return chosen;
        }
        if (text.isPresent()) {
            block.wrong(key, block.raw(key), asked);
        }
        return type.getEnumConstants()[0];
    }

    /** The name of a character set that this Java has. */
    public Charset charset(String key) {
        String asked = "the name of a character set that this Java has, such as UTF-8";
        Optional<String> text = block.scalar(key, asked);
        try {
            return text.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(text.get());
        } catch (IllegalArgumentException e) {
            block.wrong(key, block.raw(key), asked);
            return StandardCharsets.UTF_8;
        }
    }

    /** A block inside this one. Empty, with a fault, when it is missing or no block. */
    public Settings block(String key) {
        return new Settings(block.inside(key, block.object(key)));
    }

    /**
     * A block inside this one, laid over another: for blocks whose keys are names and that share defaults. It goes as HOCON lays
     * blocks, but for choices: where both choose a part and not the same one, the lower one's settings do not show through.
     */
    public Settings blockOver(String key, Settings lower) {
        return new Settings(block.inside(key, Layers.over(block.object(key), lower.block.values())));
    }

    /** A choice: a name, or a block with {@code use}. Empty, with a fault, when it is neither. */
    public Optional<Choice> choice(String key, String kind) {
        return Optional.ofNullable(block.present(key)).flatMap(value -> block.choice(key, value, kind));
    }

    /** As {@link #choice}; where that has none, one that stands in for it ({@link Choice#isRead()}). */
    public Choice choiceOrUnread(String key, String kind) {
        return choice(key, kind).orElseGet(() -> block.unread(key, kind));
    }

    /** A list of choices; {@code off} or an empty list is none, a single choice is a list of one. */
    public List<Choice> choices(String key, String kind) {
        return isWord(key, OFF)
                ? List.of()
                : block.items(key).stream()
                        .flatMap(item -> block.choice(key, item, kind).stream())
                        .toList();
    }

    /**
     * Notes a fault for each key that nobody asked for, with the nearest one that somebody did; in the blocks inside this one, too.
     * To be called last.
     */
    public void rejectUnknown() {
        block.rejectUnknown();
    }

    /** Nothing but the defaults of a choice, at this block's place. */
    Settings defaultsOf(String kind, String name) {
        return block.defaultsOf(kind, name);
    }

    private int integer(String key, int least, int most, String orWord) {
        String asked = "a whole number from " + least + " to " + most + orWord;
        return bounded(key, least, most, asked, Integer::valueOf);
    }

    private ByteSize size(String key, ByteSize least, ByteSize most, String orWord) {
        String asked = "a size from " + least + " to " + most + ", such as 64KiB" + orWord;
        Function<String, ByteSize> reading = text -> ByteSize.of(
                asConfig().getMemorySize(ConfigUtil.quoteString(key)).toBytes());
        return measured(key, "size", "64KiB or 1MiB") ? bounded(key, least, most, asked, reading) : least;
    }

    private Duration duration(String key, Duration least, Duration most, String orWord) {
        String asked = "a time from " + Values.shown(least) + " to " + Values.shown(most) + ", such as 30s" + orWord;
        Function<String, Duration> reading = text -> asConfig().getDuration(ConfigUtil.quoteString(key));
        return measured(key, "time", "500ms, 30s or 5m") ? bounded(key, least, most, asked, reading) : least;
    }

    private Config asConfig() {
        return block.values().toConfig();
    }

    /** False, with a fault, for a number without a unit. */
    private boolean measured(String key, String what, String examples) {
        ConfigValue value = block.raw(key);
        boolean isBare = value != null && Values.isBareNumber(String.valueOf(value.unwrapped()));
        if (isBare) {
            fault(
                    key,
                    value.unwrapped() + " has no unit.",
                    "Write a " + what + " with its unit, such as " + examples + ".");
        }
        return !isBare;
    }

    private <T extends Comparable<T>> T bounded(
            String key, T least, T most, String asked, Function<String, T> reading) {
        Optional<String> text = block.scalar(key, asked);
        if (text.isEmpty()) {
            return least;
        }
        try {
            T value = reading.apply(text.get());
            if (value.compareTo(least) >= 0 && value.compareTo(most) <= 0) {
                return value;
            }
        } catch (ConfigException | IllegalArgumentException | ArithmeticException e) {
            // Not of this type, or more than it holds: said below, with what was asked for.
        }
        block.wrong(key, block.raw(key), asked);
        return least;
    }

    private boolean isWord(String key, String word) {
        ConfigValue value = block.raw(key);
        return value != null
                && (word.equals(value.unwrapped()) || (word.equals(OFF) && Boolean.FALSE.equals(value.unwrapped())));
    }
}
