package com.example.greeter;

import dev.weir.plugin.Plugin;
import dev.weir.plugin.PluginModule;

/** What this jar offers, by name. */
public final class GreeterPlugin implements Plugin {
    @Override
    public String name() {
        return "greeter";
    }

    @Override
    public PluginModule module() {
        return new PluginModule() {
            @Override
            protected void offers() {
                protocol("greeter", Greeter::new);
                protocol("interview", settings -> new Interview());
                protocol("rooms", settings -> new Rooms().router());
            }
        };
    }
}
