package dev.weir.launcher;

import dev.weir.server.Preloading;
import dev.weir.server.Weir;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir run}. */
@Command(
        name = "run",
        description = {
            "Runs the servers of the configuration in the foreground, until SIGTERM or SIGINT (Ctrl-C). The first signal drains:"
                    + " no new connections, requests in flight are answered. A second one ends at once.",
            "The start-up report goes to standard output, log lines to standard error."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir run",
            "  weir run -c my.conf --plugins build/plugins",
            "  weir run -D 'weir.servers.lines.listen=\"0.0.0.0:7002\"' --log-level debug",
            "  weir run --ready-file /run/weir/ready"
        })
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigurationOptions configuration;

    @Mixin
    private LogOptions logging;

    @Option(
            names = "--ready-file",
            paramLabel = "FILE",
            description =
                    "A file that is there while Weir serves: it appears, with the process id, when all servers listen,"
                            + " and goes when the drain begins.")
    private Path readyFile;

    @Override
    public Integer call() throws Exception {
        logging.apply();
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, fault) -> LOG.error("bug: thread {} died of what nobody caught", thread.getName(), fault));
        StopSignals signals = new StopSignals(code -> Runtime.getRuntime().halt(code.number()));
        signals.listen();
        Optional<ReadyFile> ready = readyFile == null ? Optional.empty() : Optional.of(ReadyFile.at(readyFile));
        // A signal must find its handler when there is no descriptor left to load one with.
        Preloading.everythingWith(RunCommand.class);
        try (Weir weir = configuration.builder().build()) {
            weir.start();
            CheckCommand.print(weir.report(), spec);
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
