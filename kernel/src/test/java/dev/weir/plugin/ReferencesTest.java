package dev.weir.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.weir.settings.ConfigFault;
import dev.weir.settings.ConfigFaults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code reference.conf} of each jar: what it may define, and what becomes of it. */
class ReferencesTest {
    @TempDir
    private Path scratch;

    @TempDir
    private Path plugins;

    private final ConfigFaults faults = new ConfigFaults();
    private PluginCatalog catalog;

    @AfterEach
    void closeJars() throws IOException {
        catalog.close();
    }

    @Test
    void theDefaultsOfAllJarsAreLaidTogether() {
        jar("hasty", "weir.defaults.accept.hasty { limit = 5 }");
        jar("lazy", "weir.defaults.accept.lazy { rest = 1s, again = ${weir.defaults.accept.lazy.rest} }");

        assertThat(load()).isEmpty();
        assertThat(catalog.references().getInt("weir.defaults.accept.hasty.limit"))
                .isEqualTo(5);
        assertThat(catalog.references().getString("weir.defaults.accept.lazy.again"))
                .isEqualTo("1s");
        assertThat(catalog.references().getInt("weir.defaults.accept.batch.size"))
                .isPositive();
        assertThat(catalog.references().root().keySet()).containsExactly("weir");
    }

    @Test
    void aJarMayDefineNothingElse() {
        jar("nosy", "weir.event-loops = 8\nweir.defaults.accept.nosy {}\nakka.loglevel = DEBUG");

        String problem =
                "the reference.conf of a plugin may define weir.defaults.<kind>.<name> and nothing else. Take it"
                        + " out of plugins/nosy.jar.";
        assertThat(load())
                .containsExactlyInAnyOrder(
                        "reference.conf of plugins/nosy.jar: 1: weir.event-loops: " + problem,
                        "reference.conf of plugins/nosy.jar: 3: akka: " + problem);
        assertThat(catalog.references().getInt("weir.event-loops")).isZero();
    }

    @Test
    void whatIsNotInAPlaceForBlocksIsAFault() {
        jar("flat", "weir.defaults.accept = fast");
        jar("flatter", "weir.defaults.accept.flatter = fast");
        jar("flattest", "weir = fast");

        assertThat(load())
                .containsExactlyInAnyOrder(
                        "reference.conf of plugins/flat.jar: 1: weir.defaults.accept: is no block { … }."
                                + " Write a block.",
                        "reference.conf of plugins/flatter.jar: 1: weir.defaults.accept.flatter: is no block { … }."
                                + " Write a block.",
                        "reference.conf of plugins/flattest.jar: 1: weir: the reference.conf of a plugin may define"
                                + " weir.defaults.<kind>.<name> and nothing else. Take it out of plugins/flattest.jar.");
    }

    @Test
    void aJarSetsDefaultsOnlyForWhatItOffers() {
        jar("hasty", "\nweir.defaults.accept.hazty { limit = 5 }\nweir.defaults.accept.batch { size = 1000 }");

        assertThat(load())
                .containsExactlyInAnyOrder(
                        "reference.conf of plugins/hasty.jar: 2: weir.defaults.accept.hazty: no plugin in"
                                + " plugins/hasty.jar offers accept hazty. Did you mean hasty?",
                        "reference.conf of plugins/hasty.jar: 3: weir.defaults.accept.batch: no plugin in"
                                + " plugins/hasty.jar offers accept batch. A jar may set the defaults of its own offers"
                                + " alone.");
        assertThat(catalog.references().getInt("weir.defaults.accept.batch.size"))
                .isNotEqualTo(1000);
    }

    @Test
    void twoJarsThatDefineOneBlockAreAFaultThatNamesBoth() {
        // Both offer it, which is a fault of its own; so the blocks are looked at side by side.
        References references = new References(faults);
        PluginCatalog.OfferEntry offer = new PluginCatalog.OfferEntry("accept", "hasty");
        references.add(source("a.jar", "weir.defaults.accept.hasty {}"), List.of(offer));
        references.add(source("b.jar", "weir.defaults.accept.hasty { limit = 1 }"), List.of(offer));
        catalog = PluginCatalog.of();

        assertThat(said())
                .containsExactly(
                        "reference.conf of b.jar: 1: weir.defaults.accept.hasty: is defined by a.jar and by b.jar."
                                + " Take one of them away.");
        assertThat(references.all().hasPath("weir.defaults.accept.hasty.limit")).isFalse();
    }

    @Test
    void aReferenceThatIsNotHoconIsAFault() {
        jar("broken", "weir.defaults {\n  accept.broken { limit = = }\n}");

        assertThat(load())
                .singleElement()
                .asString()
                .startsWith("plugins/broken.jar: has a reference.conf that cannot be read: reference.conf of"
                        + " plugins/broken.jar: 2: ")
                .endsWith(" Correct it.");
    }

    @Test
    void aReferenceSeesNeitherTheEnvironmentNorOtherJars() {
        jar("peeking", "weir.defaults.accept.peeking { home = ${PATH} }");

        assertThat(load())
                .singleElement()
                .asString()
                .startsWith("plugins/peeking.jar: has a reference.conf that cannot be read: ")
                .contains("${PATH}");
    }

    @Test
    void aLibrarysReferenceIsItsOwnAffair() {
        Path home = plugins.resolve("rich");
        new PluginJar(scratch).file("reference.conf", "akka.loglevel = DEBUG").in(home, "akka.jar");
        new PluginJar(scratch).plugin("rich", "").in(home, "rich.jar");

        assertThat(load()).isEmpty();
        assertThat(catalog.references().hasPath("akka")).isFalse();
    }

    @Test
    void everyKeyOfTheKernelsReferenceIsDocumented() {
        catalog = PluginCatalog.of();

        List<String> bare = new ArrayList<>();
        undocumented("", catalog.references().root(), bare);
        // The two ends of a threshold are documented where it stands.
        bare.removeIf(path -> path.matches("weir\\.defaults\\.overload\\.thresholds\\..*\\.(enter|leave)"));
        // What these are is said by the keys in them.
        assertThat(bare)
                .containsExactlyInAnyOrder(
                        "weir",
                        "weir.defaults.accept",
                        "weir.defaults.loop-choice",
                        "weir.defaults.on-exhausted",
                        "weir.defaults.admission",
                        "weir.defaults.heartbeat",
                        "weir.defaults.deadlines",
                        "weir.defaults.close",
                        "weir.defaults.on-duplicate",
                        "weir.defaults.overload",
                        "weir.defaults.slow-reader");
    }

    private static void undocumented(String path, ConfigObject block, List<String> bare) {
        block.forEach((key, value) -> {
            String at = path.isEmpty() ? key : path + "." + key;
            if (value.origin().comments().isEmpty()) {
                bare.add(at);
            }
            if (value instanceof ConfigObject inner && !isChoice(value)) {
                undocumented(at, inner, bare);
            }
        });
    }

    private static boolean isChoice(ConfigValue value) {
        return value instanceof ConfigObject block && block.containsKey("use");
    }

    private void jar(String name, String reference) {
        new PluginJar(scratch)
                .plugin(name, "policy(PolicyKind.ACCEPT, \"" + name + "\", s -> (accepted, nanos) -> true);")
                .file("reference.conf", reference)
                .in(plugins, name + ".jar");
    }

    private static PluginSource source(String path, String reference) {
        return new PluginSource(
                Path.of(path), true, Optional.of("1"), List.of(), "unknown", List.of(), Optional.of(reference));
    }

    private List<String> load() {
        catalog = PluginCatalog.load(getClass().getClassLoader(), Optional.of(plugins), faults);
        return said();
    }

    private List<String> said() {
        return faults.all().stream()
                .map(ConfigFault::toString)
                .map(text -> text.replace(plugins.toString(), "plugins"))
                .toList();
    }
}
