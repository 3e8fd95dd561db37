package dev.weir.launcher;

import dev.weir.server.StartupReport;
import dev.weir.server.Weir;
import java.io.PrintWriter;
import java.util.List;

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
    public List<CommandOption> options() {
        return List.of(ConfigurationOptions.CONFIG, ConfigurationOptions.SET, PluginFolder.OPTION, LogOptions.LEVEL);
    }

    @Override
    public int run(Arguments given, Console console) throws Exception {
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
