package dev.weir.config;

import com.typesafe.config.Config;
import dev.weir.plugin.PluginModule;
import dev.weir.settings.Choice;
import dev.weir.settings.ConfigFaults;
import dev.weir.settings.Defaults;
import dev.weir.settings.Nearest;
import dev.weir.settings.Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole configuration. Who reads it stops when there was any fault; until then a choice that could not be read is stood in for
 * ({@link Choice#isRead()}), so that one run finds all faults.
 *
 * @param transport the chosen transport; the name {@code auto} leaves the choice to the server ({@link Choice#as(String)})
 * @param eventLoops how many event loops, 1 or more
 * @param process what all servers share
 * @param servers the servers, in alphabetical order of their names
 */
public record WeirSettings(Choice transport, int eventLoops, ProcessSettings process, List<ServerSettings> servers) {
    /** The transport's name that leaves the choice to the server. */
    public static final String AUTO = "auto";

    private static final String ROOT = "weir";
    private static final int MOST_LOOPS = 1024;

    /** Copies the list. */
    public WeirSettings {
        servers = List.copyOf(servers);
    }

    /** Reads a configuration as {@link ConfigFile} gives it. */
    public static WeirSettings read(Config config, ConfigFaults faults) {
        config.root().forEach((key, value) -> {
            if (!key.equals(ROOT)) {
                String near = Nearest.of(key, List.of(ROOT))
                        .map(word -> " Did you mean " + word + "?")
                        .orElse("");
                faults.add(value.origin(), key, "unknown key.", "Everything stands in the block weir." + near);
            }
        });
        Settings whole = Settings.of(config, "", Defaults.in(config), faults);
        Settings weir = whole.block(ROOT);
        weir.has("defaults"); // Read by the choices; its keys are checked where the file is loaded.
        int loops = weir.integer("event-loops", 0, MOST_LOOPS);
        WeirSettings settings = new WeirSettings(
                weir.choiceOrUnread("transport", PluginModule.TRANSPORT),
                loops == 0 ? Runtime.getRuntime().availableProcessors() : loops,
                ProcessSettings.read(weir.block("process")),
                ServersReader.read(weir));
        weir.rejectUnknown();
        if (settings.transport().name().equals(AUTO)) {
            settings.transport().settings().rejectUnknown(); // No part is made of it that would ask for its keys.
        }
        return settings;
    }

    /** Every choice that the configuration makes, but for a transport of {@code auto}. */
    public List<Choice> choices() {
        List<Choice> all = new ArrayList<>();
        if (!transport.name().equals(AUTO)) {
            all.add(transport);
        }
        all.add(process.descriptors().onExhausted());
        all.add(process.overload());
        servers.forEach(server -> all.addAll(server.choices()));
        return all;
    }
}
