package dev.weir.launcher;

import dev.weir.server.StartupReport;
import dev.weir.server.Weir;
import java.io.PrintWriter;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/** {@code weir check}. */
final class CheckCommand implements Command {
    private static final String HELP = """
            Usage: weir check [-h] [-c FILE] [--plugins DIR] [-D PATH=VALUE]...
                              [--log-level [LOGGER=]LEVEL]...
            Reads configuration and plugins as 'weir run' does, and prints the start-up
            report, or all faults at once. Opens no port.
            """
            + ConfigurationOptions.HELP
            + "  -h, --help          Prints this help.\n"
            + LogOptions.HELP
            + PluginFolder.HELP;

    @Override
    public String name() {
        return "check";
    }

    @Override
    public String help() {
        return HELP;
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(ConfigurationOptions.CONFIG)
                .addOption(ConfigurationOptions.SET)
                .addOption(PluginFolder.OPTION)
                .addOption(LogOptions.LEVEL)
                .addOption(Arguments.HELP);
    }

    @Override
    public int run(CommandLine given, Console console) throws Exception {
        LogOptions.apply(given);
        try (Weir weir = ConfigurationOptions.builder(given).build()) {
            print(weir.report(), console);
        }
        return ExitCode.CLEAN.number();
    }

    /** Prints the report to standard output. */
    static void print(StartupReport report, Console console) {
        PrintWriter out = console.out();
        out.println(report.toString().stripTrailing());
        out.flush();
    }
}
