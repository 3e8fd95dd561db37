package dev.weir.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import dev.weir.config.ConfigFile;
import dev.weir.config.WeirSettings;
import dev.weir.plugin.PluginCatalog;
import dev.weir.plugin.PluginCatalog.OfferEntry;
import dev.weir.settings.Choice;
import dev.weir.settings.ConfigFault;
import dev.weir.settings.ConfigFaults;
import dev.weir.settings.Defaults;
import dev.weir.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The kernel's reference.conf is the manual, so it must be true: it and the code know the same keys, and the same ranges. */
class ReferenceTest {
    private static final PluginCatalog CATALOG = PluginCatalog.of(new KernelPlugin());
    private static final Config REFERENCES = CATALOG.references();
    private static final String DEFAULTS = "weir.defaults";
    private static final String SERVER = "weir.servers.a { listen = \"*:0\", codec = x, protocol = y }";
    private static final Pattern RANGE = Pattern.compile("(\\d+)([A-Za-z]*) to (\\d+)([A-Za-z]*)");

    @Test
    void defaultsAreThereForWhatIsOfferedAndForNothingElse() {
        List<OfferEntry> described = new ArrayList<>();
        REFERENCES
                .getObject(DEFAULTS)
                .forEach((kind, names) ->
                        ((ConfigObject) names).keySet().forEach(name -> described.add(new OfferEntry(kind, name))));

        assertThat(described)
                .containsExactlyInAnyOrderElementsOf(
                        CATALOG.plugins().getFirst().offers());
    }

    @TestFactory
    Stream<DynamicTest> aPartReadsEveryKeyOfItsDefaultsAndNoOther() {
        return CATALOG.plugins().getFirst().offers().stream()
                .map(offer -> DynamicTest.dynamicTest(offer.toString(), () -> {
                    ConfigFaults faults = new ConfigFaults();
                    Config block =
                            REFERENCES.getConfig(DEFAULTS + "." + ConfigUtil.joinPath(offer.kind(), offer.name()));

                    assertThat(made(offer, block, faults)).isPresent();
                    assertThat(faults.all()).isEmpty();
                }));
    }

    @TestFactory
    Stream<DynamicTest> theEndsOfARangeAreTakenAndWhatIsBeyondIsNot() {
        List<DynamicTest> tests = new ArrayList<>();
        ranges("weir", REFERENCES.getObject("weir"), tests);
        assertThat(tests).hasSizeGreaterThan(20);
        return tests.stream();
    }

    private static void ranges(String path, ConfigObject block, List<DynamicTest> tests) {
        block.forEach((key, value) -> {
            String at = path + "." + ConfigUtil.joinPath(key);
            Matcher range = RANGE.matcher(String.join(" ", value.origin().comments()));
            if (value instanceof ConfigObject inner) {
                ranges(at, inner, tests);
            } else if (range.find()) {
                long least = Long.parseLong(range.group(1));
                long most = Long.parseLong(range.group(3));
                tests.add(DynamicTest.dynamicTest(at, () -> {
                    assertThat(outOfRange(at, least, range.group(2))).isEmpty();
                    assertThat(outOfRange(at, most, range.group(4))).isEmpty();
                    assertThat(outOfRange(at, least - 1, range.group(2))).hasSize(1);
                    assertThat(outOfRange(at, most + 1, range.group(4))).hasSize(1);
                }));
            }
        });
    }

    /** The faults that say of which range a value must be. */
    private static List<ConfigFault> outOfRange(String path, long number, String unit) {
        Object raw = unit.isEmpty() ? (Object) number : number + unit;
        ConfigValue value = ConfigValueFactory.fromAnyRef(raw, "command line: test");
        ConfigFaults faults = new ConfigFaults();
        if (path.startsWith(DEFAULTS)) {
            List<String> keys = ConfigUtil.splitPath(path);
            OfferEntry offer = new OfferEntry(keys.get(2), keys.get(3));
            Config block = REFERENCES.getConfig(DEFAULTS + "." + ConfigUtil.joinPath(offer.kind(), offer.name()));
            made(offer, block.withValue(ConfigUtil.joinPath(keys.get(4)), value), faults);
        } else {
            Config whole = ConfigFile.parse(SERVER, REFERENCES, faults).withValue(path, value);
            WeirSettings.read(whole, faults);
        }
        return faults.all().stream()
                .filter(fault -> fault.cure().matches("Write a (whole number|size|time) from .*"))
                .toList();
    }

    /** The part, made of this block alone: a key that it does not read is unknown, and one that is missing is missing. */
    private static Optional<Object> made(OfferEntry offer, Config block, ConfigFaults faults) {
        Settings settings = Settings.of(block, "block", Defaults.none(), faults);
        Choice choice = new Choice(offer.kind(), offer.name(), settings, "block", block.origin());
        return CATALOG.wire(binder -> {}, List.of(choice), faults).make(choice, Object.class);
    }
}
