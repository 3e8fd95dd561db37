package dev.weir.testkit;

import dev.weir.plugin.Plugin;
import dev.weir.plugin.PluginModule;

/** Offers codec raw and protocol echo, for servers in a JVM of their own. */
final class EchoPlugin implements Plugin {
    @Override
    public String name() {
        return "test";
    }

    @Override
    public PluginModule module() {
        return new PluginModule() {
            @Override
            protected void offers() {
                codec("raw", settings -> new RawBytes());
                protocol("echo", settings -> Handlers.ECHO);
            }
        };
    }
}
