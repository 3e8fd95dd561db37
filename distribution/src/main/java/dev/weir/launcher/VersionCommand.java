package dev.weir.launcher;

import dev.weir.server.StartupReport;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code weir version}. */
@Command(
        name = "version",
        description = "Prints the versions of Weir, Java and the system, as a bug report needs them.")
final class VersionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
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
