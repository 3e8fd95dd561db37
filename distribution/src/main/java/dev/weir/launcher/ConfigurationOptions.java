package dev.weir.launcher;

import dev.weir.server.Weir;
import dev.weir.server.WeirBuilder;
import java.nio.file.Path;
import java.util.Optional;

/** The options that say what to run. */
final class ConfigurationOptions {
    static final CommandOption CONFIG = new CommandOption("--config", "-c", "FILE", false);
    static final CommandOption SET = new CommandOption("-D", "", "PATH=VALUE", true);

    /** These options as a page of help has them. */
    static final String HELP = """
              -c, --config FILE   The configuration. Default: conf/weir.conf of this
                                    installation.
              -D  PATH=VALUE      Sets one key over the configuration; the value is HOCON.
                                    May be repeated.
            """;

    private ConfigurationOptions() {}

    /** What was given, and the folder of plugins. */
    static WeirBuilder builder(Arguments given) throws UsageFault {
        WeirBuilder builder = Weir.builder().configFile(configFile(given));
        for (String override : given.values(SET)) {
            if (override.indexOf('=') <= 0) {
                throw new UsageFault("-D " + override + ": expected PATH=VALUE, as in -D weir.event-loops=2");
            }
            builder.override(override);
        }
        PluginFolder.of(given).ifPresent(builder::pluginFolder);
        return builder;
    }

    private static Path configFile(Arguments given) throws UsageFault {
        Optional<Path> file = given.value(CONFIG).map(Path::of);
        if (file.isPresent()) {
            return file.get();
        }
        return Home.folder()
                .map(home -> home.resolve("conf").resolve("weir.conf"))
                .orElseThrow(
                        () -> new UsageFault("Give the configuration with -c FILE: only bin/weir knows a default"));
    }
}
