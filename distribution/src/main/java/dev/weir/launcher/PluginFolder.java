package dev.weir.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.ParseException;

/** The option that says where plugins are. */
final class PluginFolder {
    static final Option OPTION =
            Option.builder().longOpt("plugins").hasArg().argName("DIR").get();

    /** This option as a page of help has it. */
    static final String HELP = """
                  --plugins DIR   The folder of plugin jars. Default: plugins/ of this
                                    installation.
            """;

    private PluginFolder() {}

    /** The folder. One that was asked for must exist; the installation's own need not. */
    static Optional<Path> of(CommandLine given) throws ParseException {
        Optional<Path> chosen = Arguments.value(given, OPTION).map(Path::of);
        if (chosen.isEmpty()) {
            return Home.folder().map(home -> home.resolve("plugins")).filter(Files::isDirectory);
        }
        if (!Files.isDirectory(chosen.get())) {
            throw new ParseException("--plugins " + chosen.get() + ": there is no such folder");
        }
        return chosen;
    }
}
