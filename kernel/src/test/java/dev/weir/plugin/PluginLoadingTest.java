package dev.weir.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.typesafe.config.ConfigFactory;
import dev.weir.lifecycle.AcceptPolicy;
import dev.weir.lifecycle.PolicyKind;
import dev.weir.plugin.PluginCatalog.OfferEntry;
import dev.weir.plugin.PluginCatalog.PluginEntry;
import dev.weir.settings.Choice;
import dev.weir.settings.ConfigFaults;
import dev.weir.settings.Defaults;
import dev.weir.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.SAXException;

/** What is found in the plugin folder, and which classes a plugin sees. */
class PluginLoadingTest {
    private static final String ACCEPTS = "policy(PolicyKind.ACCEPT, \"%s\", s -> (accepted, nanos) -> %s);";

    @TempDir
    private Path scratch;

    @TempDir
    private Path plugins;

    private final ConfigFaults faults = new ConfigFaults();

    @Test
    void aJarIsFoundWithItsNameVersionSourceAndOffers() throws IOException {
        Path jar = new PluginJar(scratch)
                .plugin("greedy", ACCEPTS.formatted("greedy", "true") + ACCEPTS.formatted("lazy", "false"))
                .manifest("Implementation-Version", "1.2.3")
                .in(plugins, "greedy-1.2.3.jar");

        try (PluginCatalog catalog = load()) {
            assertThat(faults.all()).isEmpty();
            assertThat(catalog.plugins())
                    .contains(new PluginEntry(
                            "greedy",
                            "1.2.3",
                            jar.toString(),
                            List.of(new OfferEntry("accept", "greedy"), new OfferEntry("accept", "lazy"))));
            assertThat(catalog.owner("accept", "lazy").map(PluginEntry::name)).contains("greedy");
            assertThat(catalog.owner("accept", "hasty")).isEmpty();
            assertThat(catalog.names("accept")).contains("greedy", "lazy").isSorted();
        }
    }

    @Test
    void aJarWithoutAVersionHasAnUnknownOne() throws IOException {
        PluginJar.of(scratch, "plain").in(plugins, "plain.jar");

        try (PluginCatalog catalog = load()) {
            assertThat(entry(catalog, "plain").version()).isEqualTo("unknown");
        }
    }

    @Test
    void aFolderThatIsNotThereHoldsNoPlugins() throws IOException {
        try (PluginCatalog catalog = load(plugins.resolve("nowhere"))) {
            assertThat(faults.all()).isEmpty();
            assertThat(catalog.plugins()).noneMatch(entry -> entry.source().endsWith(".jar"));
        }
    }

    @Test
    void otherFilesInTheFolderArePassedOver() throws IOException {
        Files.writeString(plugins.resolve("README.txt"), "Put plugins here.");
        Files.writeString(plugins.resolve(".hidden.jar"), "half copied");

        load().close();

        assertThat(faults.all()).isEmpty();
    }

    @Test
    void aJarMayHoldSeveralPlugins() throws IOException {
        new PluginJar(scratch).plugin("one", "").plugin("two", "").in(plugins, "both.jar");

        try (PluginCatalog catalog = load()) {
            assertThat(faults.all()).isEmpty();
            assertThat(catalog.plugins()).extracting(PluginEntry::name).contains("one", "two");
        }
    }

    @Test
    void aFolderOfJarsIsOnePluginWithItsLibraries() throws IOException {
        Path library = new PluginJar(scratch)
                .source(
                        "words.Words",
                        "package words; public class Words { public static boolean yes() { return true; } }")
                .in(plugins.resolve("wordy"), "words.jar");
        Path jar = new PluginJar(scratch)
                .plugin("wordy", ACCEPTS.formatted("wordy", "words.Words.yes()"))
                .against(library)
                .in(plugins.resolve("wordy"), "wordy.jar");

        try (PluginCatalog catalog = load()) {
            assertThat(entry(catalog, "wordy").source()).isEqualTo(jar.toString());
            assertThat(accept(catalog, "wordy").acceptMore(1, 0)).isTrue();
        }
    }

    @Test
    void eachPluginHasItsOwnVersionOfALibrary() throws IOException {
        for (String answer : List.of("true", "false")) {
            Path home = plugins.resolve("is" + answer);
            Path library = new PluginJar(scratch)
                    .source(
                            "words.Words",
                            "package words; public class Words { public static boolean yes() { return %s; } }"
                                    .formatted(answer))
                    .in(home, "words.jar");
            new PluginJar(scratch)
                    .plugin("is" + answer, ACCEPTS.formatted("is" + answer, "words.Words.yes()"))
                    .against(library)
                    .in(home, "plugin.jar");
        }

        try (PluginCatalog catalog = load()) {
            assertThat(accept(catalog, "istrue").acceptMore(1, 0)).isTrue();
            assertThat(accept(catalog, "isfalse").acceptMore(1, 0)).isFalse();
        }
    }

    @Test
    void itsOwnLibraryComesBeforeTheOneOfTheClassPath() throws IOException {
        Path home = plugins.resolve("guava");
        Path library = new PluginJar(scratch)
                .source(
                        "com.google.common.base.Ascii",
                        "package com.google.common.base; public class Ascii { public static boolean own() { return true; } }")
                .in(home, "guava.jar");
        new PluginJar(scratch)
                .plugin("guava", ACCEPTS.formatted("guava", "com.google.common.base.Ascii.own()"))
                .against(library)
                .in(home, "plugin.jar");

        try (PluginCatalog catalog = load()) {
            assertThat(accept(catalog, "guava").acceptMore(1, 0)).isTrue();
        }
    }

    @Test
    void whatItDoesNotBringComesFromTheClassPath() throws IOException {
        new PluginJar(scratch)
                .plugin("ascii", ACCEPTS.formatted("ascii", "com.google.common.base.Ascii.isUpperCase('A')"))
                .in(plugins, "ascii.jar");

        try (PluginCatalog catalog = load()) {
            assertThat(accept(catalog, "ascii").acceptMore(1, 0)).isTrue();
        }
    }

    @Test
    void sharedTypesComeFromTheClassPathThoughAJarBringsItsOwn() throws IOException {
        new PluginJar(scratch)
                .plugin("fat", ACCEPTS.formatted("fat", "true"))
                .source(
                        "dev.weir.lifecycle.AcceptPolicy",
                        "package dev.weir.lifecycle; public interface AcceptPolicy { boolean acceptMore(int a, long b); }")
                .in(plugins, "fat.jar");

        try (PluginCatalog catalog = load()) {
            assertThat(accept(catalog, "fat").acceptMore(1, 0)).isTrue();
        }
    }

    @Test
    void noJarStandsInForTheJdk() throws IOException, ClassNotFoundException {
        PluginJar.of(scratch, "old").emptyClass("org.xml.sax.SAXException").in(plugins, "old.jar");

        try (PluginCatalog catalog = load()) {
            Class<?> seen = entryLoader(catalog, "old").loadClass("org.xml.sax.SAXException");
            assertThat(seen).isSameAs(SAXException.class);
        }
    }

    @Test
    void aPluginsOwnClassesMayStandInWeirsNamespace() throws IOException {
        new PluginJar(scratch)
                .source("dev.weir.protocols.mine.Mine", """
                        package dev.weir.protocols.mine;
                        public class Mine implements dev.weir.plugin.Plugin {
                            public String name() { return "mine"; }
                            public dev.weir.plugin.PluginModule module() {
                                return new dev.weir.plugin.PluginModule() { protected void offers() {} };
                            }
                        }
                        """)
                .provider("dev.weir.protocols.mine.Mine")
                .in(plugins, "mine.jar");

        try (PluginCatalog catalog = load()) {
            assertThat(faults.all()).isEmpty();
            assertThat(catalog.plugins()).extracting(PluginEntry::name).contains("mine");
        }
    }

    @Test
    void aPluginSeesTheTypesOfTheOneThatItRequires() throws IOException, ClassNotFoundException {
        Path words = new PluginJar(scratch)
                .plugin("words", "")
                .source(
                        "words.Word",
                        "package words; public class Word { public static boolean yes() { return true; } }")
                .in(plugins, "words.jar");
        new PluginJar(scratch)
                .plugin("eager", ACCEPTS.formatted("eager", "words.Word.yes()"))
                .manifest("Weir-Requires", "words")
                .against(words)
                .in(plugins, "eager.jar"); // Comes first in the folder, and is opened second.

        try (PluginCatalog catalog = load()) {
            assertThat(accept(catalog, "eager").acceptMore(1, 0)).isTrue();
            Class<?> used = entryLoader(catalog, "eager").loadClass("words.Word");
            assertThat(used).isSameAs(entryLoader(catalog, "words").loadClass("words.Word"));
        }
    }

    @Test
    void aPluginDoesNotSeeTheTypesOfOthers() throws IOException {
        new PluginJar(scratch)
                .plugin("words", "")
                .source("words.Word", "package words; public class Word {}")
                .in(plugins, "words.jar");
        PluginJar.of(scratch, "alone").in(plugins, "alone.jar");

        try (PluginCatalog catalog = load()) {
            ClassLoader loader = entryLoader(catalog, "alone");
            assertThat(catchThrowable(() -> loader.loadClass("words.Word"))).isInstanceOf(ClassNotFoundException.class);
        }
    }

    @Test
    void resourcesOfThePluginComeBeforeThoseOfTheClassPath() throws IOException {
        PluginJar.of(scratch, "own").file("reference.conf", "# nothing").in(plugins, "own.jar");

        try (PluginCatalog catalog = load()) {
            ClassLoader loader = entryLoader(catalog, "own");
            assertThat(String.valueOf(loader.getResource("reference.conf"))).contains("own.jar");
            assertThat(loader.getResources("reference.conf").nextElement().toString())
                    .contains("own.jar");
            assertThat(loader.getResource("dev/weir/plugin/Plugin.class")).isNotNull();
        }
    }

    @Test
    void aClosedCatalogLetsGoOfItsJars() throws IOException {
        PluginJar.of(scratch, "brief").in(plugins, "brief.jar");
        PluginCatalog catalog = load();
        ClassLoader loader = entryLoader(catalog, "brief");

        catalog.close();

        assertThat(loader.getResource("brief/Brief.class")).isNull();
    }

    private PluginCatalog load() {
        return load(plugins);
    }

    private PluginCatalog load(Path folder) {
        return PluginCatalog.load(getClass().getClassLoader(), Optional.of(folder), faults);
    }

    private static PluginEntry entry(PluginCatalog catalog, String name) {
        return catalog.plugins().stream()
                .filter(plugin -> plugin.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ClassLoader entryLoader(PluginCatalog catalog, String name) {
        return catalog.loaders().stream()
                .filter(loader -> loader.getName().endsWith(name + ".jar"))
                .findFirst()
                .orElseThrow();
    }

    private AcceptPolicy accept(PluginCatalog catalog, String name) {
        Settings settings = Settings.of(ConfigFactory.parseString("accept = " + name), "test", Defaults.none(), faults);
        Choice choice = settings.choice("accept", PolicyKind.ACCEPT.name()).orElseThrow();
        Optional<AcceptPolicy> made =
                catalog.wire(binder -> {}, List.of(choice), faults).make(choice, AcceptPolicy.class);
        assertThat(faults.all()).isEmpty();
        return made.orElseThrow();
    }
}
