package dev.weir.launcher;

import dev.weir.config.ConfigurationException;
import dev.weir.plugin.PluginCatalog;
import dev.weir.settings.ConfigFaults;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code weir plugins}. */
@Command(
        name = "plugins",
        description = "Lists what is plugged in, from which jars, and what a configuration can choose of each.",
        footerHeading = "%nExamples:%n",
        footer = {"  weir plugins", "  weir plugins --plugins target/"})
final class PluginsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private PluginFolder folder;

    @Mixin
    private LogOptions logging;

    @Override
    public Integer call() throws Exception {
        logging.apply();
        ConfigFaults faults = new ConfigFaults();
        try (PluginCatalog catalog = PluginCatalog.load(PluginsCommand.class.getClassLoader(), folder.path(), faults)) {
            PrintWriter out = spec.commandLine().getOut();
            PluginTable.of(catalog.plugins()).lines().forEach(out::println);
            out.flush();
        }
        if (!faults.isEmpty()) {
            throw new ConfigurationException(faults.all());
        }
        return ExitCode.CLEAN.number();
    }
}
