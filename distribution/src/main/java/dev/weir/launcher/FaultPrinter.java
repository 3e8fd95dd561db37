package dev.weir.launcher;

import dev.weir.config.ConfigurationException;
import dev.weir.server.BindException;
import java.io.PrintWriter;
import org.apache.commons.cli.ParseException;

/**
 * Says on standard error why a command failed. What the person can mend is told in words; only a bug has a stack trace.
 */
final class FaultPrinter {
    private FaultPrinter() {}

    /**
     * The command line is wrong.
     *
     * @param command whose help tells more, such as {@code weir run}
     * @return the exit code
     */
    static int usage(ParseException fault, String command, PrintWriter err) {
        err.println("weir: " + fault.getMessage());
        err.println("Try '" + command + " --help'.");
        err.flush();
        return ExitCode.USAGE.number();
    }

    /** The command failed. Returns the exit code. */
    static int fault(Exception fault, PrintWriter err) {
        ExitCode code = switch (fault) {
            case ConfigurationException e -> {
                int faults = e.faults().size();
                err.println("weir: the configuration has " + (faults == 1 ? "a fault:" : faults + " faults:"));
                err.println(e.getMessage());
                yield ExitCode.CONFIGURATION;
            }
            case BindException e -> {
                err.println("weir: not started, since not all servers can listen:");
                err.println(e.getMessage());
                yield ExitCode.CANNOT_BIND;
            }
            case LaunchFault e -> {
                err.println("weir: " + e.getMessage());
                yield e.exitCode();
            }
            default -> {
                bug(fault, err);
                yield ExitCode.BUG;
            }
        };
        err.flush();
        return code.number();
    }

    /** A bug, with all that its report needs. */
    static void bug(Throwable fault, PrintWriter err) {
        err.println("weir: this is a bug in Weir or in a plugin; please report it with the lines below. "
                + VersionCommand.line());
        fault.printStackTrace(err);
        err.flush();
    }
}
