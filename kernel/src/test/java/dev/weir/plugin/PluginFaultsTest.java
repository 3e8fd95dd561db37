package dev.weir.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.settings.ConfigFault;
import dev.weir.settings.ConfigFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be wrong with a plugin, and what is said of it. */
class PluginFaultsTest {
    private static final int MAJOR_VERSION = 7;
    private static final byte JAVA_99 = (byte) (99 + 44);
    private static final String ONE = "policy(PolicyKind.ACCEPT, \"one-more\", s -> (accepted, nanos) -> true);";

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
    void aFileThatIsNoJar() throws IOException {
        Files.writeString(plugins.resolve("broken.jar"), "this is not a jar");

        assertThat(load())
                .containsExactly("plugins/broken.jar: is no jar, or is damaged: zip END header not found."
                        + " Build it again or copy it again.");
    }

    @Test
    void aJarWhoseClassIsDamaged() throws IOException {
        new PluginJar(scratch)
                .plugin("torn", "")
                .with("torn.Torn", bytes -> bytes[0] = 0)
                .in(plugins, "torn.jar");

        assertThat(load())
                .singleElement()
                .asString()
                .startsWith("plugins/torn.jar: loading torn.Torn failed: java.lang.ClassFormatError: Incompatible magic"
                        + " value")
                .endsWith("Build it against this version of Weir and put all of its libraries with it.");
    }

    @Test
    void aLinkToNothing() throws IOException {
        Files.createSymbolicLink(plugins.resolve("gone.jar"), plugins.resolve("nowhere"));

        assertThat(load()).containsExactly("plugins/gone.jar: is a link to nothing. Mend the link, or take it away.");
    }

    @Test
    void aPluginFolderThatIsAFile() throws IOException {
        Path file = Files.writeString(plugins.resolve("plugins"), "");
        catalog = PluginCatalog.load(getClass().getClassLoader(), Optional.of(file), faults);

        assertThat(said()).containsExactly("plugins/plugins: is no folder. Name the folder in which plugins lie.");
    }

    @Test
    void aJarThatIsNoPlugin() {
        new PluginJar(scratch)
                .source("words.Words", "package words; class Words {}")
                .in(plugins, "words.jar");

        assertThat(load())
                .containsExactly("plugins/words.jar: holds no plugin: there is no"
                        + " META-INF/services/dev.weir.plugin.Plugin that names one. If it is a library, put it into the"
                        + " folder of the plugin that needs it (plugins/NAME/*.jar).");
    }

    @Test
    void aProviderFileThatNamesNone() {
        new PluginJar(scratch).file(PluginSource.SERVICES, "# soon\n\n").in(plugins, "soon.jar");

        assertThat(load()).singleElement().asString().startsWith("plugins/soon.jar: holds no plugin: ");
    }

    @Test
    void aFolderWithoutAPlugin() throws IOException {
        Files.createDirectory(plugins.resolve("empty"));

        assertThat(load()).singleElement().asString().startsWith("plugins/empty: holds no plugin: ");
    }

    @Test
    void aJarForNoInterfaceThatItNames() {
        PluginJar.of(scratch, "old").manifest("Weir-Api", null).in(plugins, "old.jar");

        assertThat(load())
                .containsExactly("plugins/old.jar: does not say for which plugin interface it was built. Build it for"
                        + " this version of Weir, with the line \"Weir-Api: 1\" in META-INF/MANIFEST.MF.");
    }

    @Test
    void aJarForAnotherInterfaceIsRefusedBeforeItsClassIsLoaded() {
        new PluginJar(scratch)
                .plugin("newer", "")
                .manifest("Weir-Api", "2")
                .with("newer.Newer", bytes -> bytes[0] = 0)
                .in(plugins, "newer.jar");

        assertThat(load())
                .containsExactly("plugins/newer.jar: was built for version 2 of the plugin interface, and this Weir has"
                        + " 1. Build it for this version of Weir, with the line \"Weir-Api: 1\" in"
                        + " META-INF/MANIFEST.MF.");
    }

    @Test
    void aClassForANewerJava() {
        new PluginJar(scratch)
                .plugin("modern", "")
                .with("modern.Modern", bytes -> bytes[MAJOR_VERSION] = JAVA_99)
                .in(plugins, "modern.jar");

        int runs = Runtime.version().feature();
        assertThat(load())
                .containsExactly("plugins/modern.jar: was built for Java 99, and this is Java " + runs
                        + ". Run Weir on Java 99, or build the plugin with --release " + runs + ".");
    }

    @Test
    void aClassThatItLacks() {
        new PluginJar(scratch)
                .source(
                        "lacking.Base",
                        "package lacking; public abstract class Base implements dev.weir.plugin.Plugin {}")
                .source(
                        "lacking.Lacking",
                        "package lacking; public class Lacking extends Base { public String name() { return \"lacking\"; }"
                                + " public dev.weir.plugin.PluginModule module() { return null; } }")
                .provider("lacking.Lacking")
                .without("lacking.Base")
                .in(plugins, "lacking.jar");

        assertThat(load())
                .containsExactly(
                        "plugins/lacking.jar: lacks the class lacking.Base. Put the plugin and the libraries that"
                                + " it needs into a folder of their own in the plugin folder (plugins/NAME/*.jar), or name the"
                                + " plugin that has the class in Weir-Requires.");
    }

    @Test
    void aClassThatItLacksOnlyWhenItsModuleIsRead() {
        new PluginJar(scratch)
                .plugin("later", "policy(PolicyKind.ACCEPT, \"later\", new later.Missing());")
                .source(
                        "later.Missing",
                        "package later; public class Missing implements"
                                + " dev.weir.plugin.FromSettings<dev.weir.lifecycle.AcceptPolicy> { public"
                                + " dev.weir.lifecycle.AcceptPolicy from(dev.weir.settings.Settings s) { return null; } }")
                .without("later.Missing")
                .in(plugins, "later.jar");

        assertThat(load()).singleElement().asString().startsWith("plugins/later.jar: lacks the class later.Missing. ");
    }

    @Test
    void aProviderThatIsNotThere() {
        PluginJar.of(scratch, "here").provider("elsewhere.Elsewhere").in(plugins, "here.jar");

        assertThat(load())
                .containsExactly(
                        "plugins/here.jar: names the class elsewhere.Elsewhere as its plugin and does not hold it."
                                + " Correct the name in META-INF/services/dev.weir.plugin.Plugin.");
        assertThat(names()).contains("here");
    }

    @Test
    void aProviderThatIsNoPlugin() {
        new PluginJar(scratch)
                .source("words.Words", "package words; public class Words {}")
                .provider("words.Words")
                .in(plugins, "words.jar");

        assertThat(load())
                .containsExactly("plugins/words.jar: words.Words is not a plugin: it does not implement"
                        + " dev.weir.plugin.Plugin. Implement it, or take the line out of"
                        + " META-INF/services/dev.weir.plugin.Plugin.");
    }

    @Test
    void aConstructorThatThrows() {
        new PluginJar(scratch)
                .source(
                        "angry.Angry",
                        "package angry; public class Angry implements dev.weir.plugin.Plugin {"
                                + " public Angry() { throw new IllegalStateException(\"not today\"); }"
                                + " public String name() { return \"angry\"; }"
                                + " public dev.weir.plugin.PluginModule module() { return null; } }")
                .provider("angry.Angry")
                .in(plugins, "angry.jar");

        assertThat(load())
                .containsExactly("plugins/angry.jar: making angry.Angry failed: java.lang.IllegalStateException: not"
                        + " today (at angry.Angry.<init>, line 1). This is a defect of the plugin: ask its author,"
                        + " or take the jar away.");
    }

    @Test
    void aClassThatCannotBeMade() {
        new PluginJar(scratch)
                .source(
                        "shy.Shy",
                        "package shy; public class Shy implements dev.weir.plugin.Plugin { private Shy() {}"
                                + " public String name() { return \"shy\"; }"
                                + " public dev.weir.plugin.PluginModule module() { return null; } }")
                .source("shy.Vague", "package shy; public abstract class Vague implements dev.weir.plugin.Plugin {}")
                .source(
                        "shy.Hidden",
                        "package shy; class Hidden extends Vague { public Hidden() {}"
                                + " public String name() { return \"hidden\"; }"
                                + " public dev.weir.plugin.PluginModule module() { return null; } }")
                .provider("shy.Shy")
                .provider("shy.Vague")
                .provider("shy.Hidden")
                .in(plugins, "shy.jar");

        String cure = " cannot be made: it must be a public class with a public constructor without parameters. Give it"
                + " one.";
        assertThat(load())
                .containsExactly(
                        "plugins/shy.jar: shy.Shy" + cure,
                        "plugins/shy.jar: shy.Vague" + cure,
                        "plugins/shy.jar: shy.Hidden" + cure);
    }

    @Test
    void aBadName() {
        new PluginJar(scratch).plugin("Mixed", "").in(plugins, "mixed.jar");

        assertThat(load())
                .containsExactly("plugins/mixed.jar: mixed.Mixed has the name \"Mixed\". A name is made of lower-case"
                        + " letters, digits and dashes, and begins with a letter.");
    }

    @Test
    void twoPluginsOfOneName() {
        PluginJar.of(scratch, "twin").in(plugins, "a.jar");
        PluginJar.of(scratch, "twin").in(plugins, "b.jar");

        assertThat(load())
                .containsExactly(
                        "plugins/b.jar: holds a plugin of the name twin, and so does plugins/a.jar. Take one of"
                                + " the two away.");
        assertThat(catalog.plugins())
                .extracting(PluginCatalog.PluginEntry::source)
                .contains(plugins.resolve("a.jar").toString())
                .doesNotContain(plugins.resolve("b.jar").toString());
    }

    @Test
    void twoOwnersOfOneOffer() {
        new PluginJar(scratch).plugin("first", ONE).in(plugins, "first.jar");
        new PluginJar(scratch).plugin("second", ONE).in(plugins, "second.jar");

        assertThat(load())
                .containsExactly("plugins/second.jar: plugin second offers accept one-more, and so does plugin first of"
                        + " plugins/first.jar. Take one of the two away.");
    }

    @Test
    void oneOfferMadeTwice() {
        new PluginJar(scratch).plugin("stutter", ONE + ONE).in(plugins, "stutter.jar");

        assertThat(load())
                .containsExactly(
                        "plugins/stutter.jar: plugin stutter offers accept one-more twice. Take one of them out.");
    }

    @Test
    void offersWithBadNames() {
        new PluginJar(scratch)
                .plugin("loud", ONE.replace("one-more", "MORE") + "transport(\"auto\", s -> null);")
                .in(plugins, "loud.jar");

        assertThat(load())
                .containsExactly(
                        "plugins/loud.jar: plugin loud offers accept \"MORE\". A name is made of"
                                + " lower-case letters, digits and dashes, and begins with a letter.",
                        "plugins/loud.jar: plugin loud offers a transport under the name auto. The word means \"the best"
                                + " one here\": give it another name.");
    }

    @Test
    void aModuleThatIsWrong() {
        new PluginJar(scratch)
                .plugin("wrong", ONE + "addError(\"no %s today\", \"luck\");")
                .in(plugins, "wrong.jar");

        assertThat(load())
                .containsExactly(
                        "plugins/wrong.jar: the module of plugin wrong is wrong: no luck today. Correct the module.");
    }

    @Test
    void aModuleThatThrows() {
        new PluginJar(scratch)
                .plugin("thrower", "throw new IllegalStateException(\"not now\");")
                .in(plugins, "thrower.jar");

        assertThat(load())
                .singleElement()
                .asString()
                .startsWith("plugins/thrower.jar: reading the module of plugin thrower failed:"
                        + " java.lang.IllegalStateException: not now (at thrower.Thrower$1.offers, line 1");
    }

    @Test
    void aProviderOfTheClassPathInsideAJarIsNotTakenTwice() {
        new PluginJar(scratch).provider(OnClassPath.class.getName()).in(plugins, "copy.jar");

        assertThat(load())
                .containsExactly("plugins/copy.jar: holds no plugin of its own: " + OnClassPath.class.getName()
                        + " is there already without it. Take the jar away.");
    }

    @Test
    void aProviderOfTheClassPathBesideAnOwnOneIsPassedOver() {
        PluginJar.of(scratch, "shaded").provider(OnClassPath.class.getName()).in(plugins, "shaded.jar");

        assertThat(load()).isEmpty();
        assertThat(names()).contains("shaded").doesNotContain("on-class-path");
    }

    @Test
    void aRequiredPluginThatIsNotThere() {
        PluginJar.of(scratch, "words").in(plugins, "words.jar");
        PluginJar.of(scratch, "eager").manifest("Weir-Requires", "wrods, words").in(plugins, "eager.jar");

        assertThat(load())
                .containsExactly(
                        "plugins/eager.jar: requires plugin wrods, which is not there. Did you mean words? Put it"
                                + " into the plugin folder, or mend what is said of it here.");
    }

    @Test
    void pluginsThatRequireEachOther() {
        PluginJar.of(scratch, "hen").manifest("Weir-Requires", "egg").in(plugins, "a.jar");
        PluginJar.of(scratch, "egg").manifest("Weir-Requires", "hen").in(plugins, "b.jar");
        PluginJar.of(scratch, "chick").manifest("Weir-Requires", "egg").in(plugins, "c.jar");

        String cure = " Put both into one folder of the plugin folder, or move what both use into a third.";
        assertThat(load())
                .containsExactly(
                        "plugins/a.jar: requires plugin egg, and that requires it in turn (egg -> hen)." + cure,
                        "plugins/b.jar: requires plugin hen, and that requires it in turn (hen -> egg)." + cure,
                        "plugins/c.jar: requires plugin egg, which lacks a plugin that it requires itself. Mend what is"
                                + " said of that one.");
    }

    @Test
    void aBrokenJarDoesNotKeepTheOthersFromBeingLookedAt() throws IOException {
        Files.writeString(plugins.resolve("a.jar"), "this is not a jar");
        PluginJar.of(scratch, "good").in(plugins, "b.jar");
        new PluginJar(scratch).plugin("Bad", "").in(plugins, "c.jar");

        assertThat(load()).hasSize(2);
        assertThat(names()).contains("good");
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

    private List<String> names() {
        return catalog.plugins().stream().map(PluginCatalog.PluginEntry::name).toList();
    }

    /** A plugin of the class path that no services file there names. */
    public static final class OnClassPath implements Plugin {
        @Override
        public String name() {
            return "on-class-path";
        }

        @Override
        public PluginModule module() {
            return new PluginModule() {
                @Override
                protected void offers() {}
            };
        }
    }
}
