package dev.weir.launcher;

import dev.weir.server.Preloading;
import dev.weir.server.Weir;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code weir run}. */
final class RunCommand implements Command {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);
    private static final Option READY_FILE =
            Option.builder().longOpt("ready-file").hasArg().argName("FILE").get();
    private static final String HELP = """
            Usage: weir run [-h] [-c FILE] [--plugins DIR] [--ready-file FILE]
                            [-D PATH=VALUE]... [--log-level [LOGGER=]LEVEL]...
            Runs the servers of the configuration in the foreground, until SIGTERM or
            SIGINT (Ctrl-C). The first signal drains: no new connections, requests in
            flight are answered. A second one ends at once.
            The start-up report goes to standard output, log lines to standard error.
            """
            + ConfigurationOptions.HELP
            + "  -h, --help          Prints this help.\n"
            + LogOptions.HELP
            + PluginFolder.HELP
            + """
                  --ready-file FILE
                                  A file that is there while Weir serves: it appears,
                                    with the process id, when all servers listen, and
                                    goes when the drain begins.

            Examples:
              weir run
              weir run -c my.conf --plugins build/plugins
              weir run -D 'weir.servers.lines.listen="0.0.0.0:7002"' --log-level debug
              weir run --ready-file /run/weir/ready
            """;

    @Override
    public String name() {
        return "run";
    }

    @Override
    public String help() {
        return HELP;
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(ConfigurationOptions.CONFIG)
                .addOption(ConfigurationOptions.SET)
                .addOption(PluginFolder.OPTION)
                .addOption(READY_FILE)
                .addOption(LogOptions.LEVEL)
                .addOption(Arguments.HELP);
    }

    @Override
    public int run(CommandLine given, Console console) throws Exception {
        LogOptions.apply(given);
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, fault) -> LOG.error("bug: thread {} died of what nobody caught", thread.getName(), fault));
        StopSignals signals = new StopSignals(code -> Runtime.getRuntime().halt(code.number()));
        signals.listen();
        Optional<String> readyFile = Arguments.value(given, READY_FILE);
        Optional<ReadyFile> ready =
                readyFile.isEmpty() ? Optional.empty() : Optional.of(ReadyFile.at(Path.of(readyFile.get())));
        // A signal must find its handler when there is no descriptor left to load one with.
        Preloading.everythingWith(RunCommand.class);
        try (Weir weir = ConfigurationOptions.builder(given).build()) {
            weir.start();
            CheckCommand.print(weir.report(), console);
            if (ready.isPresent()) {
                ready.get().appear();
            }
            LOG.info("serving, as process {}", ProcessHandle.current().pid());
            signals.started(stoppable(weir, ready));
            Weir.Ending ending = weir.awaitEnd();
            LOG.info("ended: {}", ending.name().toLowerCase(Locale.ROOT).replace('_', ' '));
            return ExitCode.of(ending).number();
        } finally {
            ready.ifPresent(ReadyFile::vanish);
        }
    }

    private static StopSignals.Stoppable stoppable(Weir weir, Optional<ReadyFile> ready) {
        return new StopSignals.Stoppable() {
            @Override
            public void drain() {
                ready.ifPresent(ReadyFile::vanish);
                weir.drain();
            }

            @Override
            public void stopNow() {
                weir.stopNow();
            }
        };
    }
}
