package dev.weir.launcher;

import dev.weir.config.ConfigurationException;
import dev.weir.server.BindException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says on standard error why a command failed. What the person can mend is told in words; only a bug has a stack trace.
 */
final class FaultPrinter {
    private FaultPrinter() {}

    /** The command line is wrong. */
    static int usage(ParameterException fault, String... arguments) {
        CommandLine command = fault.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("weir: " + fault.getMessage());
        UnmatchedArgumentException.printSuggestions(fault, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return ExitCode.USAGE.number();
    }

    /** The command failed. */
    static int fault(Exception fault, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
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
