package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import dev.weir.plugin.PluginCatalog;
import dev.weir.settings.ConfigFault;
import dev.weir.settings.ConfigFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is loaded, from where, and what is said when it cannot be. */
class ConfigFileTest {
    private static final Config REFERENCES = PluginCatalog.of().references();
    private static final String SERVER = "weir.servers.a { listen = \"*:0\", codec = x, protocol = y }\n";

    @TempDir
    private Path folder;

    private final ConfigFaults faults = new ConfigFaults();

    @Test
    void theFileStandsOnTheReferences() throws IOException {
        Config config = load("weir { event-loops = 3, process.drain.deadline = 5s }");

        assertThat(said()).isEmpty();
        assertThat(config.getInt("weir.event-loops")).isEqualTo(3);
        assertThat(config.getString("weir.process.drain.deadline")).isEqualTo("5s");
        assertThat(config.getInt("weir.process.descriptors.reserve")).isEqualTo(64);
    }

    @Test
    void aFileThatIsNotThere() {
        Config config = ConfigFile.load(folder.resolve("weir.conf"), List.of(), REFERENCES, faults);
        WeirSettings settings = WeirSettings.read(config, faults);

        assertThat(said())
                .containsExactly("DIR/weir.conf: there is no such file. Give the configuration file with -c FILE.");
        assertThat(settings.servers()).isEmpty();
    }

    @Test
    void aFolderIsNoFile() {
        ConfigFile.load(folder, List.of(), REFERENCES, faults);

        assertThat(said()).containsExactly("DIR: is a folder. Give the configuration file with -c FILE.");
    }

    @Test
    void whatIsNotHoconIsNamedWithItsLine() throws IOException {
        load("weir {\n  event-loops = 3\n  servers.a { listen = 0.0.0.0:1 }\n}");

        assertThat(said())
                .singleElement()
                .asString()
                .startsWith("DIR/weir.conf:3: ")
                .endsWith("Texts with : = , { } [ ] + or # need quotes; a choice with settings is written"
                        + " key { use = NAME, … }.");
    }

    @Test
    void aChoiceWithABlockBehindItsNameIsNamedWithItsLine() throws IOException {
        load("weir.servers.a {\n  codec = line { max-length = 8KiB }\n}");

        assertThat(said())
                .singleElement()
                .asString()
                .startsWith("DIR/weir.conf:2: ")
                .endsWith("a choice with settings is written key { use = NAME, … }.");
    }

    @Test
    void aSyntaxFaultIsTheOnlyOneThatIsTold() throws IOException {
        Config config = load("weir { ");
        WeirSettings.read(config, faults);

        assertThat(said()).hasSize(1);
    }

    @Test
    void anUndefinedSubstitutionIsNamedWithItsLine() throws IOException {
        load("weir {\n  event-loops = ${LOOPS_THAT_NOBODY_SET}\n}");

        assertThat(said())
                .containsExactly("DIR/weir.conf:2: Could not resolve substitution to a value: ${LOOPS_THAT_NOBODY_SET}."
                        + " Define it, or write ${?NAME} where it may be missing.");
    }

    @Test
    void theEnvironmentIsSeenWhereTheFileAsksForIt() throws IOException {
        Config config = load("weir.servers.a.note = ${?PATH}, weir.servers.a.none = ${?LOOPS_THAT_NOBODY_SET}");

        assertThat(config.getString("weir.servers.a.note")).isEqualTo(System.getenv("PATH"));
        assertThat(config.hasPath("weir.servers.a.none")).isFalse();
    }

    @Test
    void systemPropertiesAreNeverSeen() throws IOException {
        String key = "weir.event-loops";
        System.setProperty(key, "7");
        try {
            Config config = load(SERVER + "weir.servers.b.home = ${?user.home}");

            assertThat(config.getInt(key)).isZero();
            assertThat(config.hasPath("weir.servers.b.home")).isFalse();
            assertThat(config.root().keySet()).containsExactly("weir");
        } finally {
            System.clearProperty(key);
        }
    }

    @Test
    void filesAreIncludedFromBesideTheFile() throws IOException {
        Files.writeString(folder.resolve("more.conf"), "weir.event-loops = 5");

        assertThat(load("include required(\"more.conf\")").getInt("weir.event-loops"))
                .isEqualTo(5);
        assertThat(said()).isEmpty();
    }

    @Test
    void aRequiredIncludeThatIsNotThere() throws IOException {
        load("\ninclude required(\"more.conf\")");

        assertThat(said())
                .containsExactly(
                        "more.conf: is to be included and is not there. Correct the name, which counts from the file"
                                + " that includes it, or make it readable.");
    }

    @Test
    void theCommandLineStandsAboveTheFileAndItsLastWordCounts() throws IOException {
        Config config = load(
                "weir { event-loops = 3 }",
                "weir.event-loops=4",
                "weir.event-loops = 5",
                "weir.servers.a.listen=[\"*:1\", \"*:2\"]",
                "weir.servers.a.codec={ use = line, max = 8KiB }");

        assertThat(said()).isEmpty();
        assertThat(config.getInt("weir.event-loops")).isEqualTo(5);
        assertThat(config.getStringList("weir.servers.a.listen")).containsExactly("*:1", "*:2");
        assertThat(config.getString("weir.servers.a.codec.max")).isEqualTo("8KiB");
    }

    @Test
    void whatIsNoHoconOnTheCommandLineIsATextAsItStands() throws IOException {
        for (String text : List.of("0.0.0.0:7100", "unix:@a#b", "/a//b", "a,b", "{", "", "x\ny = 1", "5\ny = 1")) {
            assertThat(load("", "weir.servers.a.listen=" + text).getString("weir.servers.a.listen"))
                    .isEqualTo(text);
        }
        assertThat(said()).isEmpty();
    }

    @Test
    void aQuotedTextOnTheCommandLineLosesItsQuotes() throws IOException {
        assertThat(load("", "weir.x=\"a # b\"").getString("weir.x")).isEqualTo("a # b");
    }

    @Test
    void theCommandLineMayNameTheEnvironment() throws IOException {
        assertThat(load("", "weir.x=${PATH}").getString("weir.x")).isEqualTo(System.getenv("PATH"));
    }

    @Test
    void aFaultOfTheCommandLineSaysSo() throws IOException {
        WeirSettings.read(load(SERVER, "weir.event-loops=many", "weir.servers.a.lifecylce={ x = 1 }"), faults);

        assertThat(said())
                .containsExactly(
                        "command line: -D weir.event-loops=many: weir.event-loops: is \"many\". Write a whole number from 0"
                                + " to 1024.",
                        "command line: -D weir.servers.a.lifecylce={ x = 1 }: weir.servers.a.lifecylce: unknown key. Did"
                                + " you mean lifecycle?");
    }

    @Test
    void whatIsNoOverride() throws IOException {
        load("", "event-loops", "=5", "a..b=1");

        String problem = ": is not of the form path=value. Write, say, -D weir.event-loops=2.";
        assertThat(said())
                .containsExactly(
                        "command line: -D event-loops" + problem,
                        "command line: -D =5" + problem,
                        "command line: -D a..b=1" + problem);
    }

    @Test
    void defaultsMayBeChangedButOnlyThoseThatThereAre() throws IOException {
        Config config = load("""
                weir.defaults {
                  accept.batch.size = 99
                  accept.batch.sice = 98
                  accept.bach.size = 97
                  acept.batch.size = 96
                  accept.one = 95
                }
                """);

        assertThat(config.getInt("weir.defaults.accept.batch.size")).isEqualTo(99);
        assertThat(said())
                .containsExactlyInAnyOrder(
                        "DIR/weir.conf:3: weir.defaults.accept.batch.sice: unknown key. Did you mean size?",
                        "DIR/weir.conf:4: weir.defaults.accept.bach: unknown key. Did you mean batch?",
                        "DIR/weir.conf:5: weir.defaults.acept: unknown key. Did you mean accept?",
                        "DIR/weir.conf:6: weir.defaults.accept.one: must be a block { … }. Change single keys in it.");
    }

    private Config load(String hocon, String... overrides) throws IOException {
        Path file = Files.writeString(folder.resolve("weir.conf"), hocon);
        return ConfigFile.load(file, List.of(overrides), REFERENCES, faults);
    }

    private List<String> said() {
        return faults.all().stream()
                .map(ConfigFault::toString)
                .map(text -> text.replace(folder.toString(), "DIR"))
                .toList();
    }
}
