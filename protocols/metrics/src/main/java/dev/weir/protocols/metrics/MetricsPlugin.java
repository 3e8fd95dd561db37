package dev.weir.protocols.metrics;

import dev.weir.plugin.Plugin;
import dev.weir.plugin.PluginModule;

/** Offers the metrics protocol. */
public final class MetricsPlugin implements Plugin {
    @Override
    public String name() {
        return "metrics";
    }

    @Override
    public PluginModule module() {
        return new PluginModule() {
            @Override
            protected void offers() {
                protocol("metrics", MetricsFactory.class);
            }
        };
    }
}
