package dev.weir.launcher;

import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/** A command of {@code weir}. */
interface Command {
    /** The word that chooses it. */
    String name();

    /** Its page of help. */
    String help();

    /** Its options; {@link Arguments#HELP} is one of them. */
    Options options();

    /**
     * Does what it is for.
     *
     * @return the number of its {@link ExitCode}
     * @throws ParseException when an option cannot be as it was given
     * @throws Exception when it failed ({@link FaultPrinter})
     */
    int run(CommandLine given, Console console) throws Exception;
}
