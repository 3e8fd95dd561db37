package dev.weir.launcher;

import dev.weir.server.Weir;

/** What {@code weir} tells the process that started it. Numbers from 64 on follow sysexits.h. */
enum ExitCode {
    /** All went well; a stop by SIGTERM or SIGINT included. */
    CLEAN(0, "Clean: all went well, a stop by SIGTERM or SIGINT included."),
    /** Replies to requests that had been received did not reach their clients. */
    REPLIES_LOST(3, "Replies were lost: the drain met its deadline, or a second signal came."),
    /** The command line is wrong. */
    USAGE(64, "The command line is wrong."),
    /** An address cannot be bound. */
    CANNOT_BIND(69, "An address cannot be bound."),
    /** A bug: an exception or error that nobody expected, printed with its stack. */
    BUG(70, "A bug in Weir or in a plugin; the stack trace is on standard error."),
    /** The policy for exhausted descriptors said to end. */
    DESCRIPTORS_EXHAUSTED(75, "Out of descriptors, and the policy on-exhausted says to exit."),
    /** The configuration, the plugins or the environment are at fault. */
    CONFIGURATION(78, "The configuration or a plugin has faults; all are on standard error.");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /** The number for the shell. */
    int number() {
        return number;
    }

    /** One sentence for the help. */
    String meaning() {
        return meaning;
    }

    /** The code for the way in which Weir ended. */
    static ExitCode of(Weir.Ending ending) {
        return switch (ending) {
            case CLEAN -> CLEAN;
            case REPLIES_LOST -> REPLIES_LOST;
            case DESCRIPTORS_EXHAUSTED -> DESCRIPTORS_EXHAUSTED;
            case BUG -> BUG;
        };
    }
}
