package dev.weir.protocols.framing;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import dev.weir.plugin.Plugin;
import dev.weir.plugin.PluginCatalog;
import dev.weir.plugin.PluginModule;
import dev.weir.settings.ConfigFaults;
import dev.weir.settings.Defaults;
import dev.weir.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramingPluginTest {
    private static final Map<String, Function<Settings, ?>> MAKERS = Map.of(
            "raw", RawCodec::from,
            "line", LineCodecs::from,
            "length-header", LengthHeaderCodec::from,
            "delimiter", DelimiterCodec::from,
            "fixed", FixedCodec::from);

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(Plugin.class)).anyMatch(FramingPlugin.class::isInstance);
    }

    @Test
    void offersTheCodecs() {
        PluginCatalog catalog = PluginCatalog.of(new FramingPlugin());
        assertThat(catalog.names(PluginModule.CODEC)).containsExactlyInAnyOrderElementsOf(MAKERS.keySet());
        assertThat(catalog.owner(PluginModule.CODEC, "line").orElseThrow().name())
                .isEqualTo("framing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw", "line", "length-header"})
    void isUsableByItsDefaults(String name) {
        assertThat(faults(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"delimiter, delimiter, a text", "fixed, size, a size from 1B to 1GiB"})
    void whatHasNoDefaultIsAskedFor(String name, String key, String asked) {
        assertThat(faults(name)).singleElement().asString().contains("codec." + key + ": is missing.", asked);
    }

    @Test
    void everyKeyOfTheReferenceIsReadAndEveryKeyReadIsInIt() {
        Config reference = ConfigFactory.parseResources("reference.conf").getConfig("weir.defaults.codec");
        assertThat(reference.root().keySet()).isEqualTo(MAKERS.keySet());
        MAKERS.forEach((name, maker) -> {
            Config block = reference.getConfig(ConfigUtil.quoteString(name));
            Config given = ConfigFactory.parseString("size = 1B, delimiter = x")
                    .withFallback(block)
                    .withValue("unread", ConfigFactory.parseString("x = 1").getValue("x"));
            ConfigFaults faults = new ConfigFaults();
            Settings settings = Settings.of(onlyKeysOf(given, block), name, Defaults.none(), faults);
            assertThat(maker.apply(settings)).isNotNull();
            assertThat(faults.all())
                    .as("keys of %s that are read and not in the reference", name)
                    .isEmpty();
            settings.rejectUnknown();
            assertThat(faults.all())
                    .as("keys of %s that nobody reads, but for the one of this test", name)
                    .singleElement()
                    .asString()
                    .contains(name + ".unread");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ use = line, max-length = 0B }                       | max-length: is \"0B\". Write a size from 1B to 1GiB",
                "{ use = line, max-length = 100 }                      | max-length: 100 has no unit.",
                "{ use = line, ending = cr }                           | ending: is \"cr\". Write one of crlf, lf.",
                "{ use = line, last-line = maybe }                     | last-line: is \"maybe\". Write one of refuse, accept.",
                "{ use = line, charset = UTF-16, text = on }           | charset: is UTF-16, whose line ending is not",
                "{ use = line, charset = IBM1047 }                     | charset: is IBM1047, whose line ending is not",
                "{ use = line, charset = nonsense }                    | charset: is \"nonsense\".",
                "{ use = line, max-lenght = 1KiB }                     | max-lenght: unknown key. Did you mean max-length?",
                "{ use = line, max-frame = 1KiB }                      | it belongs to use = length-header.",
                "{ use = raw, size = 3B }                              | unknown key for codec raw; it belongs to use = fixed.",
                "{ use = length-header, length-bytes = 5 }             | length-bytes: is \"5\". Write 1, 2, 3, 4, 8 or varint.",
                "{ use = length-header, endian = middle }              | endian: is \"middle\". Write one of big, little.",
                "{ use = length-header, offset = -1 }                  | offset: is -1. Write a whole number from 0 to 1024.",
                "{ use = length-header, max-frame = 3B }               | max-frame: is \"3B\". Write a size from 4B to 1GiB",
                "{ use = length-header, length-bytes = varint, offset = 2, max-frame = 6B } | max-frame: is \"6B\". Write a size from 7B",
                "{ use = length-header, max-frame = 2GiB }             | max-frame: is \"2GiB\". Write a size from 4B to 1GiB",
                "{ use = length-header, strip-header = perhaps }       | strip-header: is \"perhaps\". Write on or off.",
                "{ use = delimiter, delimiter = \"\" }                 | delimiter: has 0 bytes. Write a text of 1 to 256",
                "{ use = delimiter, delimiter = \"€\" }                | delimiter: has a character above \\u00ff.",
                "{ use = fixed, size = 3 }                             | size: 3 has no unit.",
            })
    void badSettingsAreFaultsThatSayHowToMendThem(String choice, String fault) {
        assertThat(faults(choice)).singleElement().asString().contains(fault);
    }

    private static List<String> faults(String choice) {
        return Framing.PARTS.faults(PluginModule.CODEC, choice);
    }

    private static Config onlyKeysOf(Config given, Config block) {
        Config only = given;
        for (String key : given.root().keySet()) {
            boolean known = block.root().containsKey(key) || key.equals("unread");
            only = known ? only : only.withoutPath(ConfigUtil.quoteString(key));
        }
        return only;
    }
}
