package dev.weir.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValueFactory;
import dev.weir.settings.ConfigFault;
import dev.weir.settings.ConfigFaults;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Loads a configuration: the user's file, what the command line puts on top of it, and the references below it. The environment is
 * seen only where the file says <code>${?NAME}</code>; system properties never are.
 */
public final class ConfigFile {
    /** Stands for servers that could not be read, so that nobody complains that there are none. */
    static final String SERVERS = "weir.servers";

    private ConfigFile() {}

    /**
     * Loads a file. When it cannot be read, a fault says so and the result is the references alone.
     *
     * @param file it must exist
     * @param overrides each "path=value", from the command line; the value is HOCON, or else a plain text. Later ones win
     * @param references what {@link dev.weir.plugin.PluginCatalog#references()} gives
     */
    public static Config load(Path file, List<String> overrides, Config references, ConfigFaults faults) {
        if (!Files.exists(file) || Files.isDirectory(file)) {
            faults.add(new ConfigFault(
                    file.toString(),
                    "",
                    Files.exists(file) ? "is a folder." : "there is no such file.",
                    "Give the configuration file with -c FILE."));
            return unread(references);
        }
        return layered(
                () -> ConfigFactory.parseFile(file.toFile(), options().setAllowMissing(false)),
                overrides,
                references,
                faults);
    }

    /** Loads HOCON text, for tests. */
    public static Config parse(String hocon, Config references, ConfigFaults faults) {
        return layered(() -> ConfigFactory.parseString(hocon, options()), List.of(), references, faults);
    }

    private static Config layered(Parse user, List<String> overrides, Config references, ConfigFaults faults) {
        Config top = Overrides.parse(overrides, faults);
        try {
            Config whole =
                    top.withFallback(user.parse()).withFallback(references).resolve();
            DefaultsCheck.check(whole, references, faults);
            return whole;
        } catch (ConfigException e) {
            String where = e.origin() == null ? "configuration" : ConfigFaults.describe(e.origin());
            faults.add(new ConfigFault(where, "", SyntaxFault.problem(e), SyntaxFault.cure(e)));
            return unread(references);
        }
    }

    private static Config unread(Config references) {
        return references.withValue(SERVERS, ConfigValueFactory.fromAnyRef(null));
    }

    private static ConfigParseOptions options() {
        return ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF);
    }

    /** Reads the user's part. */
    @FunctionalInterface
    private interface Parse {
        Config parse();
    }
}
