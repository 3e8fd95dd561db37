package dev.weir.launcher;

import static dev.weir.launcher.Commanded.weir;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line: what it takes, what it says, and the exit code. */
class WeirCommandTest {
    @TempDir
    private Path folder;

    static Stream<List<String>> wrongCommandLines() {
        return Stream.of(
                List.of("chekc"),
                List.of("run", "--colour"),
                List.of("run", "-c"),
                List.of("run", "-c", "-D", "a=b"),
                List.of("run", "--help=yes"),
                List.of("help", "chekc"),
                List.of("run", "-c", "a.conf", "-c", "b.conf"),
                List.of("check", "more"),
                List.of("check"),
                List.of("check", "-c", "a.conf", "-D", "weir.event-loops"),
                List.of("check", "-c", "a.conf", "-D", "=2"),
                List.of("check", "-c", "a.conf", "--log-level", "loud"),
                List.of("plugins", "--plugins", "no/such/folder"));
    }

    @ParameterizedTest
    @MethodSource("wrongCommandLines")
    void aWrongCommandLineIsExplainedAndExitsWith64(List<String> arguments) {
        Commanded weir = weir(arguments.toArray(String[]::new));

        assertThat(weir.exitCode()).isEqualTo(64);
        assertThat(weir.err()).startsWith("weir: ").contains("--help").doesNotContain("\tat ");
        assertThat(weir.out()).isEmpty();
    }

    @Test
    void aMisspeltCommandIsAnsweredWithTheNearest() {
        assertThat(weir("plugnis").err()).contains("Did you mean plugins?");
    }

    @Test
    void aMissingCommandShowsTheHelpAndExitsWith64() {
        Commanded weir = weir();

        assertThat(weir.exitCode()).isEqualTo(64);
        assertThat(weir.err()).contains("Commands:");
    }

    @Test
    void helpNamesEveryCommandAndEveryExitCode() {
        Commanded help = weir("--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("  run ", "  check ", "  plugins ", "  version ", "  help ");
        assertThat(help.out().lines())
                .filteredOn(line -> line.matches(" +\\d+ .*"))
                .map(line -> line.strip().replaceFirst(" .*", ""))
                .containsExactly("0", "3", "64", "69", "70", "75", "78");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "check", "plugins", "version"})
    void eachCommandHasHelpOfItsOwn(String command) {
        assertThat(weir(command, "--help").out()).contains("Usage: weir " + command);
        assertThat(weir("help", command).out())
                .isEqualTo(weir(command, "--help").out());
    }

    static Stream<Command> commands() {
        return Stream.of(new RunCommand(), new CheckCommand(), new PluginsCommand(), new VersionCommand());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aPageOfHelpNamesEachOptionOfItsCommand(Command command) {
        assertThat(command.options().getOptions())
                .allSatisfy(option -> assertThat(command.help())
                        .contains(option.hasLongOpt() ? "--" + option.getLongOpt() : "-" + option.getOpt())
                        .contains(option.hasArg() ? option.getArgName() : ""));
    }

    @Test
    void aMissingValueIsNamedAsHelpNamesIt() {
        assertThat(weir("run", "-c").err()).contains("--config: a value is missing: FILE");
    }

    @Test
    void ofTwoValuesForOneKeyTheLaterCounts() throws IOException {
        Path config = Files.writeString(
                folder.resolve("weir.conf"),
                "weir.servers.echo { listen = \"127.0.0.1:0\", codec = raw, protocol = echo }");
        String key = "weir.event-loops";

        assertThat(weir("check", "-c", config.toString(), "-D", key + "=none", "-D" + key + "=1"))
                .returns(0, Commanded::exitCode);
        assertThat(weir("check", "-c", config.toString(), "-D" + key + "=1", "-D", key + "=none"))
                .returns(78, Commanded::exitCode);
    }

    @Test
    void optionsAreWrittenAsPeopleWriteThem() {
        assertThat(weir("run", "--help").out()).contains("-D  PATH=VALUE", "--ready-file FILE", "-c, --config FILE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-c FILE", "-cFILE", "-c=FILE", "--config FILE", "--config=FILE"})
    void aValueFollowsItsOptionInEachUsualWay(String words) {
        String file = folder.resolve("none.conf").toString();

        assertThat(weir(("check " + words.replace("FILE", file)).split(" ")).err())
                .contains(file + ":");
    }

    @Test
    void aValueMayHaveEqualsSignsAndOptionsMayBeRepeated() {
        String file = folder.resolve("none.conf").toString();

        assertThat(weir("check", "-c", file, "-D", "a=b=c", "-Dweir.event-loops=2", "--log-level", "info,dev.weir=warn")
                        .exitCode())
                .isEqualTo(78);
    }

    @Test
    void aMisspeltOptionIsAnsweredWithTheNearest() {
        assertThat(weir("run", "--confg", "a.conf").err()).contains("Did you mean --config?");
    }

    @Test
    void noLineOfHelpIsLongerThanAConsoleIsWide() {
        Stream.of("run", "check", "plugins", "version", "help")
                .flatMap(command -> weir("help", command).out().lines())
                .forEach(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        Commanded version = weir("version");

        assertThat(version.exitCode()).isZero();
        assertThat(version.out().lines().findFirst())
                .hasValueSatisfying(line -> assertThat(line).matches("Weir \\S+"));
        assertThat(version.out()).contains("Java " + Runtime.version(), System.getProperty("os.arch"));
        assertThat(weir("--version").out().strip()).isEqualTo(VersionCommand.line());
    }

    @Test
    void aConfigurationThatIsNotThereExitsWith78AndHasNoStackTrace() {
        String file = folder.resolve("none.conf").toString();

        Commanded check = weir("check", "-c", file);

        assertThat(check.exitCode()).isEqualTo(78);
        assertThat(check.err())
                .startsWith("weir: the configuration has a fault:")
                .contains(file)
                .doesNotContain("\tat ");
        assertThat(check.out()).isEmpty();
    }
}
