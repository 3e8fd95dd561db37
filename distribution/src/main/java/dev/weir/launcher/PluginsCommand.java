package dev.weir.launcher;

import dev.weir.config.ConfigurationException;
import dev.weir.plugin.PluginCatalog;
import dev.weir.settings.ConfigFaults;
import java.io.PrintWriter;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/** {@code weir plugins}. */
final class PluginsCommand implements Command {
    private static final String HELP = """
            Usage: weir plugins [-h] [--plugins DIR] [--log-level [LOGGER=]LEVEL]...
            Lists what is plugged in, from which jars, and what a configuration can choose
            of each.
              -h, --help          Prints this help.
            """ + LogOptions.HELP + PluginFolder.HELP + """

            Examples:
              weir plugins
              weir plugins --plugins target/
            """;

    @Override
    public String name() {
        return "plugins";
    }

    @Override
    public String help() {
        return HELP;
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(PluginFolder.OPTION)
                .addOption(LogOptions.LEVEL)
                .addOption(Arguments.HELP);
    }

    @Override
    public int run(CommandLine given, Console console) throws Exception {
        LogOptions.apply(given);
        ConfigFaults faults = new ConfigFaults();
        try (PluginCatalog catalog =
                PluginCatalog.load(PluginsCommand.class.getClassLoader(), PluginFolder.of(given), faults)) {
            PrintWriter out = console.out();
            PluginTable.of(catalog.plugins()).lines().forEach(out::println);
            out.flush();
        }
        if (!faults.isEmpty()) {
            throw new ConfigurationException(faults.all());
        }
        return ExitCode.CLEAN.number();
    }
}
