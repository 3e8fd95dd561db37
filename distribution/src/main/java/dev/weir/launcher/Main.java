package dev.weir.launcher;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;

/** Where the process starts. */
public final class Main {
    private Main() {}

    /** Runs the command and ends the process with its {@link ExitCode}. */
    @SuppressWarnings("SystemExitOutsideMain") // This is main.
    public static void main(String[] arguments) {
        System.exit(execute(writer(System.out), writer(System.err), arguments));
    }

    private static PrintWriter writer(PrintStream console) {
        return new PrintWriter(console, true, console.charset());
    }

    /** Runs the command. Returns the exit code; nothing is thrown. */
    static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        try {
            return WeirCommand.execute(List.of(arguments), new Console(out, err));
        } catch (Throwable fault) {
            // An Error, or a fault of the command line itself: nothing else will print it.
            FaultPrinter.bug(fault, err);
            return ExitCode.BUG.number();
        }
    }
}
