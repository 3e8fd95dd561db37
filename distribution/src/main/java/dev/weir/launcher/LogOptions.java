package dev.weir.launcher;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.ParseException;

/** The option that says which log lines are written. */
final class LogOptions {
    static final Option LEVEL = Option.builder()
            .longOpt("log-level")
            .hasArg()
            .argName("[LOGGER=]LEVEL")
            .get();

    /** This option as a page of help has it. */
    static final String HELP = """
                  --log-level [LOGGER=]LEVEL
                                  off, error, warn, info, debug or trace; for all loggers
                                    or for one, such as dev.weir.engine=debug. May be
                                    repeated. Default: the environment's WEIR_LOG_LEVEL
                                    (separate several by commas), else info.
            """;

    private static final String VARIABLE = "WEIR_LOG_LEVEL";

    private LogOptions() {}

    /** Puts the levels in force: first the environment's, then the command line's. */
    static void apply(CommandLine given) throws ParseException, LaunchFault {
        List<String> wanted = new ArrayList<>();
        String inherited = System.getenv(VARIABLE);
        if (inherited != null && !inherited.isBlank()) {
            wanted.addAll(List.of(inherited.split(",")));
        }
        if (given.hasOption(LEVEL)) {
            for (String levels : given.getOptionValues(LEVEL)) {
                wanted.addAll(List.of(levels.split(",")));
            }
        }
        LogLevels levels;
        try {
            levels = LogLevels.parse(wanted);
        } catch (IllegalArgumentException e) {
            throw new ParseException(e.getMessage());
        }
        levels.apply();
    }
}
