package dev.weir.launcher;

import dev.weir.server.Weir;
import dev.weir.server.WeirBuilder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.ParseException;

/** The options that say what to run. */
final class ConfigurationOptions {
    static final Option CONFIG =
            Option.builder("c").longOpt("config").hasArg().argName("FILE").get();
    static final Option SET = Option.builder("D")
            .numberOfArgs(2)
            .valueSeparator('=')
            .argName("PATH=VALUE")
            .get();

    static final String EXPECTED = ": expected PATH=VALUE, as in -D weir.event-loops=2";

    /** These options as a page of help has them. */
    static final String HELP = """
              -c, --config FILE   The configuration. Default: conf/weir.conf of this
                                    installation.
              -D  PATH=VALUE      Sets one key over the configuration; the value is HOCON.
                                    May be repeated.
            """;

    private ConfigurationOptions() {}

    /** What was given, and the folder of plugins. */
    static WeirBuilder builder(CommandLine given) throws ParseException {
        WeirBuilder builder = Weir.builder().configFile(configFile(given));
        for (String override : overrides(given)) {
            if (override.indexOf('=') <= 0) {
                throw new ParseException("-D " + override + EXPECTED);
            }
            builder.override(override);
        }
        PluginFolder.of(given).ifPresent(builder::pluginFolder);
        return builder;
    }

    /** In the order of the command line, since the later wins. */
    private static List<String> overrides(CommandLine given) {
        return Arrays.stream(given.getOptions())
                .filter(SET::equals)
                .map(set -> String.join("=", set.getValuesList()))
                .toList();
    }

    private static Path configFile(CommandLine given) throws ParseException {
        Optional<Path> file = Arguments.value(given, CONFIG).map(Path::of);
        if (file.isPresent()) {
            return file.get();
        }
        return Home.folder()
                .map(home -> home.resolve("conf").resolve("weir.conf"))
                .orElseThrow(
                        () -> new ParseException("Give the configuration with -c FILE: only bin/weir knows a default"));
    }
}
