package dev.weir.protocols.basic;

import dev.weir.plugin.Plugin;
import dev.weir.plugin.PluginModule;

/** Offers echo, discard, chargen, daytime and time. */
public final class BasicPlugin implements Plugin {
    @Override
    public String name() {
        return "basic";
    }

    @Override
    public PluginModule module() {
        return new PluginModule() {
            @Override
            protected void offers() {
                protocol("echo", settings -> new Echo());
                protocol("discard", settings -> new Discard());
                protocol("chargen", settings -> new Chargen());
                protocol("daytime", DaytimeFactory.class);
                protocol("time", TimeFactory.class);
            }
        };
    }
}
