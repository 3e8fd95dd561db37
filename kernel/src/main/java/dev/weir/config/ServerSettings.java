package dev.weir.config;

import dev.weir.plugin.PluginModule;
import dev.weir.settings.Choice;
import dev.weir.settings.Settings;
import dev.weir.transport.Endpoint;
import java.util.ArrayList;
import java.util.List;

/**
 * One server: where it listens, what it speaks, and how it treats connections.
 *
 * @param name its name under {@code weir.servers}
 * @param listen its addresses, at least one; host names are resolved
 * @param codec how bytes become messages
 * @param protocol what answers them
 * @param socket options of its sockets
 * @param lifecycle its policies
 * @param keys where a fault of its own keys is told
 */
public record ServerSettings(
        String name,
        List<Endpoint> listen,
        Choice codec,
        Choice protocol,
        SocketSettings socket,
        LifecycleSettings lifecycle,
        Settings keys) {

    /** Copies the list. */
    public ServerSettings {
        listen = List.copyOf(listen);
    }

    /** Every choice that this server makes. */
    public List<Choice> choices() {
        List<Choice> all = new ArrayList<>(List.of(codec, protocol));
        all.addAll(lifecycle.choices());
        return all;
    }

    static ServerSettings read(String name, Settings server) {
        return new ServerSettings(
                name,
                ListenAddresses.read(server, "listen"),
                server.choiceOrUnread("codec", PluginModule.CODEC),
                server.choiceOrUnread("protocol", PluginModule.PROTOCOL),
                SocketSettings.read(server.block("socket")),
                LifecycleSettings.read(server.block("lifecycle")),
                server);
    }
}
