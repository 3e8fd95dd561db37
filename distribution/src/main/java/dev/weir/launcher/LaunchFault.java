package dev.weir.launcher;

/** The launcher cannot go on, for a reason that is no bug. The message is for the person at the keyboard. */
final class LaunchFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    LaunchFault(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** What the process ends with. */
    ExitCode exitCode() {
        return exitCode;
    }
}
