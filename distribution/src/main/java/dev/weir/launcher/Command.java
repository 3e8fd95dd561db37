package dev.weir.launcher;

import java.util.List;

/** A command of {@code weir}. */
interface Command {
    /** The word that chooses it. */
    String name();

    /** Its page of help. */
    String help();

    /** Its options, without {@link CommandOption#HELP}, which every command has. */
    List<CommandOption> options();

    /**
     * Does what it is for.
     *
     * @return the number of its {@link ExitCode}
     * @throws UsageFault when an option cannot be as it was given
     * @throws Exception when it failed ({@link FaultPrinter})
     */
    int run(Arguments given, Console console) throws Exception;
}
