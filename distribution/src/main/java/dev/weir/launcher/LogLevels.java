package dev.weir.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusUtil;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which log lines are written: a level for all loggers, and levels for some.
 *
 * @param byLogger level by name of logger; a name covers all below it
 */
record LogLevels(Map<String, Level> byLogger) {
    private static final Map<String, Level> LEVELS = Map.of(
            "off", Level.OFF,
            "error", Level.ERROR,
            "warn", Level.WARN,
            "info", Level.INFO,
            "debug", Level.DEBUG,
            "trace", Level.TRACE);

    /**
     * Reads levels such as {@code debug} and {@code dev.weir.engine=trace}. Of two for one logger the later counts.
     *
     * @throws IllegalArgumentException naming the one that is wrong and what there is
     */
    static LogLevels parse(List<String> wanted) {
        Map<String, Level> levels = new TreeMap<>();
        for (String each : wanted) {
            int equals = each.indexOf('=');
            String logger = equals < 0
                    ? Logger.ROOT_LOGGER_NAME
                    : each.substring(0, equals).strip();
            String name = each.substring(equals + 1).strip();
            Level level = LEVELS.get(name.toLowerCase(Locale.ROOT));
            if (level == null || logger.isEmpty()) {
                throw new IllegalArgumentException(
                        "'" + each
                                + "' is no log level: give LEVEL or LOGGER=LEVEL, LEVEL one of off, error, warn, info, debug, trace");
            }
            levels.put(logger, level);
        }
        return new LogLevels(levels);
    }

    /**
     * Puts the levels in force.
     *
     * @throws LaunchFault when logging itself is not in order, as with a faulty conf/logback.xml
     */
    void apply() throws LaunchFault {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (!(factory instanceof LoggerContext context)) {
            throw new LaunchFault(
                    ExitCode.CONFIGURATION,
                    "Logging is not done by Logback but by " + factory + ": is there a second SLF4J provider in lib/?");
        }
        apply(context);
    }

    /** Puts the levels in force there. */
    void apply(LoggerContext context) throws LaunchFault {
        if (new StatusUtil(context).getHighestLevel(0) >= Status.ERROR) {
            throw new LaunchFault(
                    ExitCode.CONFIGURATION,
                    context.getStatusManager().getCopyOfStatusList().stream()
                            .filter(status -> status.getEffectiveLevel() >= Status.ERROR)
                            .map(status -> "logging: " + status.getMessage())
                            .collect(Collectors.joining("\n")));
        }
        byLogger.forEach((logger, level) -> context.getLogger(logger).setLevel(level));
    }
}
