package dev.weir.server;

import dev.weir.config.LifecycleSettings;
import dev.weir.config.ProcessSettings;
import dev.weir.lifecycle.ConnectionMode;
import dev.weir.plugin.PluginCatalog.OfferEntry;
import dev.weir.plugin.PluginCatalog.PluginEntry;
import dev.weir.settings.Choice;
import dev.weir.transport.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What runs, where, and with which policies, for a person to read. The same text at {@code weir run} and {@code weir check}; its form
 * is kept by a test.
 */
public final class StartupReport {
    private final Weir.Assembly parts;
    private final StringBuilder text = new StringBuilder(2048);

    StartupReport(Weir.Assembly parts) {
        this.parts = parts;
    }

    /** Weir's version, from its jar; "development" when it does not run from one. */
    public static String version() {
        String version = StartupReport.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** The report, each line ended by LF. */
    @Override
    public String toString() {
        text.setLength(0);
        text.append("Weir ").append(version()).append('\n');
        line(0, "java", Runtime.version() + ", " + System.getProperty("java.vm.vendor", "unknown vendor"));
        line(
                0,
                "system",
                System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                        + Runtime.getRuntime().availableProcessors() + " cores");
        line(
                0,
                "transport",
                parts.transport().transport().name() + " (" + parts.transport().why() + ")");
        line(0, "event loops", Integer.toString(parts.settings().eventLoops()));
        process(parts.settings().process());
        parts.servers().forEach(this::server);
        plugins();
        return text.toString();
    }

    private void process(ProcessSettings process) {
        line(
                0,
                "connections",
                "at most " + parts.budget().most() + " (" + parts.descriptors().limit() + " descriptors, "
                        + raised(parts.descriptors())
                        + parts.descriptors().open() + " in use, "
                        + process.descriptors().reserve() + " in reserve)");
        line(0, "on-exhausted", described(process.descriptors().onExhausted()));
        line(0, "queued bytes", "at most " + process.maxQueuedBytes());
        line(0, "overload", described(process.overload()));
        line(
                0,
                "drain",
                "deadline " + seconds(process.drain().deadline())
                        + (process.drain().spread().isZero()
                                ? ""
                                : ", spread over " + seconds(process.drain().spread())));
    }

    private static String raised(DescriptorLimits limits) {
        return limits.raisedFrom().isPresent()
                ? "raised from " + limits.raisedFrom().getAsLong() + ", "
                : "";
    }

    private void server(Server server) {
        text.append("server ").append(server.name()).append('\n');
        line(1, "listen", server.addresses().stream().map(Endpoint::toString).collect(Collectors.joining(", ")));
        line(1, "codec", described(server.settings().codec()));
        line(1, "protocol", described(server.settings().protocol()));
        LifecycleSettings lifecycle = server.settings().lifecycle();
        line(1, "accept", described(lifecycle.accept()));
        line(1, "loop-choice", described(lifecycle.loopChoice()));
        line(1, "admission", described(lifecycle.admission()));
        line(1, "heartbeat", described(lifecycle.heartbeat()));
        line(1, "deadlines", described(lifecycle.deadlines()));
        line(1, "close", described(lifecycle.close()));
        if (lifecycle.connectionMode() == ConnectionMode.SHORT) {
            line(1, "mode", "short: one reply a connection");
        }
        line(1, "on-duplicate", described(lifecycle.onDuplicate()));
        var pressure = lifecycle.backpressure();
        line(
                1,
                "backpressure",
                "high " + pressure.high() + ", low " + pressure.low() + ", hard " + pressure.hard() + ", slow-reader "
                        + described(pressure.slowReader()));
    }

    private void plugins() {
        text.append("plugins\n");
        for (PluginEntry plugin : parts.catalog().plugins()) {
            line(1, plugin.name(), plugin.version() + ", " + plugin.source());
            Map<String, List<String>> offers = plugin.offers().stream()
                    .collect(Collectors.groupingBy(
                            OfferEntry::kind, TreeMap::new, Collectors.mapping(OfferEntry::name, Collectors.toList())));
            offers.forEach((kind, names) -> line(2, kind, String.join(", ", names)));
        }
    }

    private void line(int depth, String name, String value) {
        String indented = "  ".repeat(depth) + name;
        text.append(String.format("%-16s %s%n", indented, value).replace(System.lineSeparator(), "\n"));
    }

    private static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }

    private static String described(List<Choice> choices) {
        return choices.isEmpty()
                ? "off"
                : choices.stream().map(StartupReport::described).collect(Collectors.joining("; "));
    }

    /** A choice with the settings in force, as the configuration would write them. */
    private static String described(Choice choice) {
        String settings = choice.settings().describe();
        return settings.isEmpty() ? choice.name() : choice.name() + " { " + settings + " }";
    }
}
