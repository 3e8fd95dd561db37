package dev.weir.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What holds for any input. */
class SettingsProperties {
    private static final ByteSize LEAST_SIZE = ByteSize.of(3);
    private static final ByteSize MOST_SIZE = ByteSize.ofMiB(3);
    private static final Duration LEAST_TIME = Duration.ofMillis(7);
    private static final Duration MOST_TIME = Duration.ofHours(3);

    private enum Colour {
        RED,
        DARK_GREEN
    }

    @Property
    void aGetterNeverThrowsAndItsAnswerIsInRangeUnlessThereIsAFaultOfIt(@ForAll("values") Object value) {
        Settings settings = over(value);

        assertThat(settings.integer("key", 3, 77)).isBetween(3, 77);
        settings.integerOrAuto("key", 3, 77)
                .ifPresent(number -> assertThat(number).isBetween(3, 77));
        assertThat(settings.size("key", LEAST_SIZE, MOST_SIZE)).isBetween(LEAST_SIZE, MOST_SIZE);
        assertThat(settings.duration("key", LEAST_TIME, MOST_TIME)).isBetween(LEAST_TIME, MOST_TIME);
        settings.durationOrOff("key", LEAST_TIME, MOST_TIME)
                .ifPresent(time -> assertThat(time).isBetween(LEAST_TIME, MOST_TIME));
        settings.rateOrOff("key").ifPresent(rate -> assertThat(rate.events()).isPositive());
        assertThat(settings.oneOf("key", Colour.class)).isNotNull();
        assertThat(settings.charset("key")).isNotNull();
        assertThat(settings.string("key")).isNotNull();
        assertThat(settings.strings("key")).doesNotContainNull();
        assertThat(settings.onOff("key")).isIn(true, false);
        assertThat(settings.choices("key", "codec")).allMatch(Choice::isRead);
        assertThat(settings.faults().all()).allSatisfy(fault -> {
            assertThat(fault.path()).startsWith("block.key");
            assertThat(fault.problem()).isNotBlank();
            assertThat(fault.cure()).isNotBlank();
        });
    }

    @Property
    void aNumberIsReadAsItIsWrittenOrIsAFault(@ForAll int number, @ForAll int one, @ForAll int other) {
        int least = Math.min(one, other);
        int most = Math.max(one, other);
        Settings settings = Settings.parse("key = " + number);

        int read = settings.integer("key", least, most);

        boolean fits = number >= least && number <= most;
        assertThat(read).isEqualTo(fits ? number : least);
        assertThat(settings.faults().isEmpty()).isEqualTo(fits);
    }

    @Property
    void aSizeIsReadAsItIsWritten(@ForAll @LongRange(min = 0, max = 5000) long count, @ForAll("scales") long scale) {
        ByteSize size = ByteSize.of(count * scale);
        Settings settings = Settings.parse("key = " + size);

        assertThat(settings.size("key", ByteSize.of(0), ByteSize.of(Long.MAX_VALUE)))
                .isEqualTo(size);
        assertThat(settings.faults().all()).isEmpty();
    }

    @Property
    void aTimeIsReadAsItIsShown(
            @ForAll @LongRange(min = 0, max = 365L * 24 * 3600) long count, @ForAll @IntRange(max = 3) int size) {
        Duration time = Duration.ofNanos(
                count * List.of(1, 1000, 1_000_000, 1_000_000_000).get(size));
        Settings settings = Settings.parse("key = " + Values.shown(time));

        assertThat(settings.duration("key", Duration.ZERO, Duration.ofDays(365)))
                .isEqualTo(time);
        assertThat(settings.faults().all()).isEmpty();
    }

    @Property
    void aRateIsReadAsItIsShown(
            @ForAll @LongRange(min = 1, max = 999_999_999_999L) long events, @ForAll @IntRange(max = 2) int unit) {
        Rate rate = new Rate(
                events,
                List.of(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofHours(1))
                        .get(unit));

        assertThat(Settings.parse("key = \"" + rate + "\"").rateOrOff("key")).contains(rate);
    }

    @Property
    void aKeyIsUnknownExactlyWhenNobodyAskedForIt(
            @ForAll("keys") List<String> keys, @ForAll("keys") List<String> asked) {
        Map<String, Integer> values = keys.stream().distinct().collect(Collectors.toMap(key -> key, String::length));
        Settings settings = over(ConfigValueFactory.fromMap(values).toConfig());

        asked.forEach(settings::has);
        settings.rejectUnknown();

        assertThat(settings.faults().all().stream()
                        .map(fault -> ConfigUtil.splitPath(fault.path()).getLast()))
                .containsExactlyInAnyOrderElementsOf(values.keySet().stream()
                        .filter(key -> !asked.contains(key))
                        .toList());
    }

    @Property
    void layersWithoutChoicesAreThoseOfHocon(
            @ForAll("blocks") Map<String, Object> upper, @ForAll("blocks") Map<String, Object> lower) {
        ConfigObject above = ConfigValueFactory.fromMap(upper);
        ConfigObject below = ConfigValueFactory.fromMap(lower);

        assertThat(Layers.over(above, below)).isEqualTo(above.withFallback(below));
    }

    @Property
    void anotherChoiceIsAloneInItsBlock(
            @ForAll("blocks") Map<String, Object> upper, @ForAll("blocks") Map<String, Object> lower) {
        ConfigObject above = choice("upper", upper);
        ConfigObject below = choice("lower", lower);

        assertThat(Layers.over(above, below)).isEqualTo(above);
    }

    private static ConfigObject choice(String use, Map<String, Object> block) {
        return ConfigValueFactory.fromMap(block)
                .withValue("use", ConfigValueFactory.fromAnyRef(use))
                .atKey("choice")
                .root();
    }

    private static Settings over(Object value) {
        Config block = value instanceof Config config
                ? config
                : ConfigFactory.empty().withValue("key", ConfigValueFactory.fromAnyRef(value));
        return Settings.of(block, "block", Defaults.none(), new ConfigFaults());
    }

    @Provide
    Arbitrary<Object> values() {
        Arbitrary<String> likely = Arbitraries.of(
                "auto",
                "off",
                "on",
                "1KiB",
                "2 MiB",
                "9999999999999999TiB",
                "30s",
                "1 day",
                "99999999999999999d",
                "-1s",
                "5",
                "1e3",
                "2000/s",
                "red",
                "dark-green",
                "UTF-8",
                "",
                " ",
                "use");
        return Arbitraries.oneOf(
                likely,
                Arbitraries.strings().ofMaxLength(12),
                Arbitraries.integers(),
                Arbitraries.longs(),
                Arbitraries.doubles(),
                Arbitraries.of(true, false),
                Arbitraries.of(
                        List.of(),
                        List.of("a", 1),
                        List.of(List.of()),
                        Map.of(),
                        Map.of("use", "x"),
                        Map.of("use", 1)));
    }

    @Provide
    Arbitrary<Long> scales() {
        return Arbitraries.of(1L, 1000L, 1L << 10, 1_000_000L, 1L << 20, 1L << 30, 1L << 40, 1L << 50);
    }

    @Provide
    Arbitrary<List<String>> keys() {
        return Arbitraries.strings()
                .withChars("abc.-$")
                .ofMinLength(1)
                .ofMaxLength(3)
                .list()
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<Map<String, Object>> blocks() {
        Arbitrary<Object> leaf = Arbitraries.integers().between(0, 9).map(number -> (Object) number);
        Arbitrary<Object> inner =
                Arbitraries.maps(Arbitraries.of("x", "y"), leaf).ofMaxSize(2).map(map -> (Object) map);
        return Arbitraries.maps(Arbitraries.of("a", "b", "c", "d"), Arbitraries.oneOf(leaf, inner))
                .ofMaxSize(4);
    }
}
