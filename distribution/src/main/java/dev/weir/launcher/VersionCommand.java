package dev.weir.launcher;

import dev.weir.server.StartupReport;
import java.io.PrintWriter;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/** {@code weir version}. */
final class VersionCommand implements Command {
    private static final String HELP = """
            Usage: weir version [-h]
            Prints the versions of Weir, Java and the system, as a bug report needs them.
              -h, --help   Prints this help.
            """;

    @Override
    public String name() {
        return "version";
    }

    @Override
    public String help() {
        return HELP;
    }

    @Override
    public Options options() {
        return new Options().addOption(Arguments.HELP);
    }

    @Override
    public int run(CommandLine given, Console console) {
        PrintWriter out = console.out();
        out.println(line());
        out.println("Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + "), "
                + System.getProperty("java.home"));
        out.println(System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch"));
        out.flush();
        return ExitCode.CLEAN.number();
    }

    /** "Weir 1.2.3". */
    static String line() {
        return "Weir " + StartupReport.version();
    }
}
