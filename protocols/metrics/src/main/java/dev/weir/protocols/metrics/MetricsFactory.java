package dev.weir.protocols.metrics;

import dev.weir.metrics.Metrics;
import dev.weir.plugin.FromSettings;
import dev.weir.settings.Settings;
import jakarta.inject.Inject;

/** Makes the protocol over the process's list of numbers. */
final class MetricsFactory implements FromSettings<MetricsProtocol> {
    private final Metrics metrics;

    @Inject
    MetricsFactory(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public MetricsProtocol from(Settings settings) {
        String path = settings.string("path");
        if (!path.startsWith("/")) {
            settings.fault("path", "does not begin with a slash.", "Write /metrics, or another path.");
        }
        return new MetricsProtocol(path, new Exposition(metrics, settings.onOff("jvm")));
    }
}
