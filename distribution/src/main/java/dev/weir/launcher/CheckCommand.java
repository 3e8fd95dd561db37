package dev.weir.launcher;

import dev.weir.server.StartupReport;
import dev.weir.server.Weir;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code weir check}. */
@Command(
        name = "check",
        description = {
            "Reads configuration and plugins as 'weir run' does, and prints the start-up report, or all faults at once."
                    + " Opens no port."
        })
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigurationOptions configuration;

    @Mixin
    private LogOptions logging;

    @Override
    public Integer call() throws Exception {
        logging.apply();
        try (Weir weir = configuration.builder().build()) {
            print(weir.report(), spec);
        }
        return ExitCode.CLEAN.number();
    }

    /** Prints the report to the command's standard output. */
    static void print(StartupReport report, CommandSpec command) {
        PrintWriter out = command.commandLine().getOut();
        out.println(report.toString().stripTrailing());
        out.flush();
    }
}
