package dev.weir.launcher;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that says which log lines are written. */
final class LogOptions {
    private static final String VARIABLE = "WEIR_LOG_LEVEL";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--log-level",
            paramLabel = "[LOGGER=]LEVEL",
            split = ",",
            description = {
                "off, error, warn, info, debug or trace; for all loggers or for one, such as dev.weir.engine=debug."
                        + " May be repeated. Default: the environment's WEIR_LOG_LEVEL (separate several by commas), else info."
            })
    private List<String> levels = new ArrayList<>();

    /** Puts the levels in force: first the environment's, then the command line's. */
    void apply() throws LaunchFault {
        List<String> wanted = new ArrayList<>();
        String inherited = System.getenv(VARIABLE);
        if (inherited != null && !inherited.isBlank()) {
            wanted.addAll(List.of(inherited.split(",")));
        }
        wanted.addAll(levels);
        try {
            LogLevels.parse(wanted).apply();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }
}
