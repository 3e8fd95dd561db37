package dev.weir.transport.nio;

import dev.weir.plugin.Plugin;
import dev.weir.plugin.PluginModule;

/** Offers the transport {@code nio}. */
public final class NioPlugin implements Plugin {

    @Override
    public String name() {
        return NioTransport.NAME;
    }

    @Override
    public PluginModule module() {
        return new PluginModule() {
            @Override
            protected void offers() {
                transport(NioTransport.NAME, settings -> {
                    settings.rejectUnknown();
                    return new NioTransport();
                });
            }
        };
    }
}
