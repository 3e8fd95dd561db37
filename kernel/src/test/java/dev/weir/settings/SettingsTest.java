package dev.weir.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Each getter: what it takes, and what it says of what it does not take. */
class SettingsTest {
    private static final ByteSize KIB = ByteSize.ofKiB(1);
    private static final ByteSize MIB = ByteSize.ofMiB(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private enum Mode {
        ANSWER_THEN_CLOSE,
        CLOSE
    }

    @Test
    void textsAndListsOfTexts() {
        Settings settings = settings("a = some text, b = [x, 7], c = single");

        assertThat(settings.string("a")).isEqualTo("some text");
        assertThat(settings.strings("b")).containsExactly("x", "7");
        assertThat(settings.strings("c")).containsExactly("single");
        assertThat(said(settings)).isEmpty();
    }

    @Test
    void aListWithWhatIsNoText() {
        assertThat(faults(
                        "a = [x,\n { y = 1 }]",
                        settings -> assertThat(settings.strings("a")).containsExactly("x")))
                .containsExactly("test.conf: 2: block.a: is a block. Write a text, or a list of texts.");
    }

    @Test
    void aMissingKey() {
        assertThat(faults("", settings -> assertThat(settings.string("a")).isEmpty()))
                .containsExactly("test.conf: 1: block.a: is missing. Give it a value.");
    }

    @Test
    void aKeyOfNull() {
        assertThat(faults("a = null", settings -> settings.integer("a", 1, 9)))
                .containsExactly("test.conf: 1: block.a: is missing. Write a whole number from 1 to 9.");
    }

    @Test
    void wholeNumbers() {
        Settings settings = settings("a = 1, b = \"9\", c = auto, d = off, e = 5");

        assertThat(settings.integer("a", 1, 9)).isEqualTo(1);
        assertThat(settings.integer("b", 1, 9)).isEqualTo(9);
        assertThat(settings.integerOrAuto("c", 1, 9)).isEmpty();
        assertThat(settings.integerOrOff("d", 1, 9)).isEmpty();
        assertThat(settings.integerOrAuto("e", 1, 9)).isEqualTo(OptionalInt.of(5));
        assertThat(settings.integerOrOff("e", 1, 9)).isEqualTo(OptionalInt.of(5));
        assertThat(said(settings)).isEmpty();
    }

    @Test
    void whatIsNoWholeNumberInItsRange() {
        for (String value : List.of("0", "10", "2.5", "99999999999", "many", "on")) {
            String shown = Character.isDigit(value.charAt(0)) ? value : "\"" + value + "\"";
            assertThat(faults(
                            "a = " + value,
                            settings -> assertThat(settings.integer("a", 1, 9)).isEqualTo(1)))
                    .containsExactly("test.conf: 1: block.a: is " + shown + ". Write a whole number from 1 to 9.");
        }
        assertThat(faults("a = ten", settings -> settings.integerOrAuto("a", 1, 9)))
                .containsExactly("test.conf: 1: block.a: is \"ten\". Write a whole number from 1 to 9, or auto.");
        assertThat(faults("a = auto", settings -> settings.integerOrOff("a", 1, 9)))
                .containsExactly("test.conf: 1: block.a: is \"auto\". Write a whole number from 1 to 9, or off.");
    }

    @Test
    void onAndOff() {
        Settings settings = settings("a = on, b = true, c = yes, d = off, e = false, f = no");

        assertThat(List.of("a", "b", "c")).allMatch(settings::onOff);
        assertThat(List.of("d", "e", "f")).noneMatch(settings::onOff);
        assertThat(said(settings)).isEmpty();
        assertThat(faults("a = 1", s -> s.onOff("a"))).containsExactly("test.conf: 1: block.a: is 1. Write on or off.");
    }

    @Test
    void sizes() {
        Settings settings = settings("a = 1KiB, b = 1 MiB, c = 4kB, d = auto, e = 2048 B, f = off");

        assertThat(settings.size("a", KIB, MIB)).isEqualTo(KIB);
        assertThat(settings.size("b", KIB, MIB)).isEqualTo(MIB);
        assertThat(settings.size("c", KIB, MIB)).isEqualTo(ByteSize.of(4000));
        assertThat(settings.sizeOrAuto("d", KIB, MIB)).isEmpty();
        assertThat(settings.sizeOrAuto("e", KIB, MIB)).contains(ByteSize.ofKiB(2));
        assertThat(settings.sizeOrOff("e", KIB, MIB)).contains(ByteSize.ofKiB(2));
        assertThat(settings.sizeOrOff("f", KIB, MIB)).isEmpty();
        assertThat(said(settings)).isEmpty();
    }

    @Test
    void aSizeWithoutAUnit() {
        for (String value : List.of("2048", "\"2048\"", "\"2e3\"", "\" 2048 \"")) {
            assertThat(faults(
                            "a = " + value,
                            settings -> assertThat(settings.size("a", KIB, MIB)).isEqualTo(KIB)))
                    .containsExactly("test.conf: 1: block.a: " + value.replace("\"", "")
                            + " has no unit. Write a size with its unit, such as 64KiB or 1MiB.");
        }
    }

    @Test
    void whatIsNoSizeInItsRange() {
        for (String value : List.of("1023B", "2MiB", "big", "5 parsecs", "-1KiB", "99999999999TiB", "12!")) {
            String text = "\"" + value + "\"";
            assertThat(faults(
                            "a = " + text,
                            settings -> assertThat(settings.size("a", KIB, MIB)).isEqualTo(KIB)))
                    .containsExactly(
                            "test.conf: 1: block.a: is " + text + ". Write a size from 1KiB to 1MiB, such as 64KiB.");
        }
        assertThat(faults("a = {}", settings -> settings.sizeOrAuto("a", KIB, MIB)))
                .containsExactly(
                        "test.conf: 1: block.a: is a block. Write a size from 1KiB to 1MiB, such as 64KiB, or auto.");
    }

    @Test
    void times() {
        Settings settings = settings("a = 1s, b = 90 minutes, c = 1500ms, d = off, e = false, f = 1h");

        assertThat(settings.duration("a", SECOND, HOUR)).isEqualTo(SECOND);
        assertThat(settings.duration("b", SECOND, HOUR.multipliedBy(2))).isEqualTo(Duration.ofMinutes(90));
        assertThat(settings.duration("c", SECOND, HOUR)).isEqualTo(Duration.ofMillis(1500));
        assertThat(settings.durationOrOff("d", SECOND, HOUR)).isEmpty();
        assertThat(settings.durationOrOff("e", SECOND, HOUR)).isEmpty();
        assertThat(settings.durationOrOff("f", SECOND, HOUR)).contains(HOUR);
        assertThat(said(settings)).isEmpty();
    }

    @Test
    void whatIsNoTime() {
        assertThat(faults("a = 120", settings -> settings.duration("a", SECOND, HOUR)))
                .containsExactly(
                        "test.conf: 1: block.a: 120 has no unit. Write a time with its unit, such as 500ms, 30s or"
                                + " 5m.");
        assertThat(faults(
                        "a = 2h",
                        settings ->
                                assertThat(settings.duration("a", SECOND, HOUR)).isEqualTo(SECOND)))
                .containsExactly("test.conf: 1: block.a: is \"2h\". Write a time from 1s to 1h, such as 30s.");
        assertThat(faults("a = soon", settings -> settings.durationOrOff("a", Duration.ZERO, Duration.ofDays(1))))
                .containsExactly(
                        "test.conf: 1: block.a: is \"soon\". Write a time from 0s to 1d, such as 30s, or off.");
    }

    @Test
    void rates() {
        Settings settings = settings("a = \"2000/s\", b = off");

        assertThat(settings.rateOrOff("a")).contains(new Rate(2000, SECOND));
        assertThat(settings.rateOrOff("b")).isEmpty();
        assertThat(said(settings)).isEmpty();
        assertThat(faults("a = \"0/s\"", s -> s.rateOrOff("a")))
                .containsExactly(
                        "test.conf: 1: block.a: is \"0/s\". Write a rate such as \"2000/s\", \"30/m\" or \"5/h\", or"
                                + " off.");
    }

    @Test
    void wordsOfAnEnum() {
        assertThat(settings("a = answer-then-close").oneOf("a", Mode.class)).isEqualTo(Mode.ANSWER_THEN_CLOSE);
        assertThat(faults("a = ANSWER", s -> s.oneOf("a", Mode.class)))
                .containsExactly("test.conf: 1: block.a: is \"ANSWER\". Write one of answer-then-close, close.");
    }

    @Test
    void characterSets() {
        assertThat(settings("a = iso-8859-1").charset("a")).isEqualTo(StandardCharsets.ISO_8859_1);
        assertThat(faults("a = latin", s -> s.charset("a")))
                .containsExactly("test.conf: 1: block.a: is \"latin\". Write the name of a character set that this Java"
                        + " has, such as UTF-8.");
    }

    @Test
    void blocksInBlocks() {
        Settings settings = settings("a { b { c = 7 } }");

        assertThat(settings.block("a").block("b").integer("c", 1, 9)).isEqualTo(7);
        assertThat(settings.block("a").block("b").path()).isEqualTo("block.a.b");
        assertThat(faults("a = 7", s -> s.block("a").integer("c", 1, 9)))
                .containsExactly(
                        "test.conf: 1: block.a: is 7. Write a block { … }.",
                        "test.conf: 1: block.a.c: is missing. Give it a value.");
    }

    @Test
    void aKeyThatNobodyAskedForIsUnknownWithTheNearestOne() {
        assertThat(faults("timeout = 1s\ntimeuot = 2s\nmode = x", settings -> {
                    settings.duration("timeout", SECOND, HOUR);
                    settings.rejectUnknown();
                }))
                .containsExactlyInAnyOrder(
                        "test.conf: 2: block.timeuot: unknown key. Did you mean timeout?",
                        "test.conf: 3: block.mode: unknown key. There is: timeout.");
    }

    @Test
    void unknownKeysAreFoundInInnerBlocksAndAtTheirLeaf() {
        assertThat(faults("a {\n b {\n c = 1\n d {\n  e = 2 } } }", settings -> {
                    settings.block("a").block("b").integer("c", 1, 9);
                    settings.rejectUnknown();
                }))
                .containsExactly("test.conf: 5: block.a.b.d: unknown key. There is: c.");
    }

    @Test
    void aKeyWithADotIsQuoted() {
        assertThat(faults("\"a.b\" = 1", Settings::rejectUnknown))
                .containsExactly("test.conf: 1: block.\"a.b\": unknown key. There are no keys here.");
    }

    @Test
    void aChoiceByNameAndByBlock() {
        Settings settings = settings("a = line, b { use = fixed, length = 7 }");

        Choice byName = settings.choice("a", "codec").orElseThrow();
        assertThat(byName.name()).isEqualTo("line");
        assertThat(byName.settings().integer("max", 1, 99)).isEqualTo(80);
        Choice byBlock = settings.choice("b", "codec").orElseThrow();
        assertThat(byBlock.name()).isEqualTo("fixed");
        assertThat(byBlock.path()).isEqualTo("block.b");
        assertThat(byBlock.settings().integer("length", 1, 99)).isEqualTo(7);
        assertThat(byBlock.settings().has("use")).isFalse();
        assertThat(said(settings)).isEmpty();
    }

    @Test
    void whatIsNoChoice() {
        assertThat(faults(
                        "a = 7",
                        settings -> assertThat(
                                        settings.choiceOrUnread("a", "codec").isRead())
                                .isFalse()))
                .containsExactly("test.conf: 1: block.a: is 7. Write a name, or a block with use = NAME.");
        assertThat(faults("a {\n length = 7 }", settings -> settings.choice("a", "codec")))
                .containsExactly(
                        "test.conf: 2: block.a: does not say which codec to use. Add use = NAME to the block.");
        assertThat(faults("a = \"\"", settings -> settings.choice("a", "codec")))
                .hasSize(1);
        assertThat(faults("", settings -> settings.choiceOrUnread("a", "codec")))
                .containsExactly("test.conf: 1: block.a: is missing. Give it a value.");
    }

    @Test
    void aKeyOfAnotherChoiceSaysSo() {
        assertThat(faults("a { use = line, length = 7 }", settings -> rejectUnknown(settings, "a")))
                .containsExactly("test.conf: 1: block.a.length: unknown key for codec line; it belongs to use = fixed."
                        + " There is: max, use.");
    }

    @Test
    void aSlipInTheWordUse() {
        assertThat(faults("a { use = line, uses = fixed }", settings -> rejectUnknown(settings, "a")))
                .containsExactly("test.conf: 1: block.a.uses: unknown key. Did you mean use?");
    }

    @Test
    void aChoiceAndItsBlockWrittenAsOneKey() {
        assertThat(faults("codec line { max = 7 }", settings -> {
                    settings.has("codec");
                    settings.rejectUnknown();
                }))
                .containsExactly("test.conf: 1: block.\"codec line\": unknown key. Write codec { use = line, … }.");
    }

    @Test
    void listsOfChoices() {
        Settings settings = settings("a = [line, { use = fixed }], b = line, c = off, d = []");

        assertThat(settings.choices("a", "codec")).extracting(Choice::name).containsExactly("line", "fixed");
        assertThat(settings.choices("b", "codec")).extracting(Choice::name).containsExactly("line");
        assertThat(settings.choices("c", "codec")).isEmpty();
        assertThat(settings.choices("d", "codec")).isEmpty();
        assertThat(said(settings)).isEmpty();
        assertThat(faults("a = [\n line,\n 7 ]", s -> s.choices("a", "codec")))
                .containsExactly("test.conf: 3: block.a: is 7. Write a name, or a block with use = NAME.");
    }

    @Test
    void anotherChoiceAtTheSamePlaceHasItsDefaults() {
        Choice line = settings("a = auto").choice("a", "codec").orElseThrow().as("line");

        assertThat(line.name()).isEqualTo("line");
        assertThat(line.path()).isEqualTo("block.a");
        assertThat(line.settings().integer("max", 1, 99)).isEqualTo(80);
    }

    @Test
    void oneFaultIsKeptOnceAlsoWhenItIsFoundByTwoPaths() {
        ConfigFaults faults = new ConfigFaults();
        faults.add(new ConfigFault("a.conf:3", "weir.server-defaults.sokcet", "unknown key.", ""));
        faults.add(new ConfigFault("a.conf:3", "weir.servers.echo.sokcet", "unknown key.", ""));
        faults.add(new ConfigFault("command line: -D x=y", "weir.server-defaults.x", "is \"y\".", ""));
        faults.add(new ConfigFault("command line: -D x=y", "weir.servers.echo.x", "is \"y\".", ""));
        faults.add(new ConfigFault("a.conf", "weir.servers.a.codec", "is missing.", ""));
        faults.add(new ConfigFault("a.conf", "weir.servers.b.codec", "is missing.", ""));
        faults.add(new ConfigFault("a.conf", "weir.servers.b.codec", "is missing.", ""));

        assertThat(faults.all())
                .extracting(ConfigFault::path)
                .containsExactly(
                        "weir.server-defaults.sokcet",
                        "weir.server-defaults.x",
                        "weir.servers.a.codec",
                        "weir.servers.b.codec");
    }

    private static void rejectUnknown(Settings settings, String key) {
        settings.choice(key, "codec").orElseThrow().settings().rejectUnknown();
    }

    private static Settings settings(String hocon) {
        ConfigParseOptions options = ConfigParseOptions.defaults().setOriginDescription("test.conf");
        Defaults defaults =
                new Defaults(ConfigFactory.parseString("codec { line { max = 80 }, fixed { length = 1 } }"));
        return Settings.of(ConfigFactory.parseString(hocon, options), "block", defaults, new ConfigFaults());
    }

    private static List<String> faults(String hocon, Consumer<Settings> reading) {
        Settings settings = settings(hocon);
        reading.accept(settings);
        return said(settings);
    }

    private static List<String> said(Settings settings) {
        return settings.faults().all().stream().map(ConfigFault::toString).toList();
    }
}
