package dev.weir.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Weir as it is built, over one of its transports.
 *
 * @param home the folder of the distribution
 * @param configurations the folder with a configuration for each wire
 * @param transport the choice of the transport, as HOCON
 */
record WeirCandidate(String name, Path home, Path configurations, String transport) implements Candidate {

    @Override
    public List<String> command(Wire wire) {
        Path configuration = configurations.resolve(wire.name().toLowerCase(Locale.ROOT) + ".conf");
        return List.of(
                "env",
                "WEIR_JAVA_OPTS=" + String.join(" ", JvmFlags.SERVER),
                home.resolve("bin/weir").toString(),
                "run",
                "-c",
                configuration.toString(),
                "-D",
                "weir.transport=" + transport,
                "-D",
                "weir.event-loops=1",
                "-D",
                "weir.servers.measured.listen=\"127.0.0.1:0\"");
    }
}
