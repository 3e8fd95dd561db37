package dev.weir.config;

import dev.weir.settings.Settings;
import dev.weir.transport.Endpoint;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads {@code weir.servers}, each server over {@code weir.server-defaults}. */
final class ServersReader {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");
    private static final String SERVERS = "servers";
    private static final String DEFAULTS = "server-defaults";

    private ServersReader() {}

    static List<ServerSettings> read(Settings weir) {
        Settings defaults = weir.block(DEFAULTS);
        readDefaults(defaults);
        List<ServerSettings> servers = new ArrayList<>();
        if (weir.isNull(SERVERS)) {
            return servers; // The file could not be read, and a fault says so.
        }
        Settings blocks = weir.block(SERVERS);
        List<String> names = blocks.names();
        if (names.isEmpty()) {
            weir.fault(
                    SERVERS,
                    "there is no server.",
                    "Add one: weir.servers.NAME { listen = [\"*:PORT\"], codec = CODEC, protocol = PROTOCOL }.");
        }
        Map<Object, String> taken = new HashMap<>();
        for (String name : names) {
            if (!NAME.matcher(name).matches()) {
                blocks.fault(name, "is no name for a server.", "Use letters, digits, dashes and underscores.");
            }
            Settings block = blocks.blockOver(name, defaults);
            ServerSettings server = ServerSettings.read(name, block);
            server.listen().forEach(endpoint -> claim(server.name(), endpoint, taken, block));
            servers.add(server);
        }
        return servers;
    }

    /** The defaults by themselves, so that what is wrong with them is said once and at their own path. */
    private static void readDefaults(Settings defaults) {
        SocketSettings.read(defaults.block("socket"));
        LifecycleSettings.read(defaults.block("lifecycle"));
        defaults.has("codec");
        defaults.has("protocol");
    }

    private static void claim(String server, Endpoint endpoint, Map<Object, String> taken, Settings block) {
        if (endpoint instanceof Endpoint.Inet inet && inet.address().getPort() == 0) {
            return; // Each gets a port of its own.
        }
        String other = taken.putIfAbsent(place(endpoint), server);
        if (other != null) {
            block.fault(
                    "listen",
                    other.equals(server)
                            ? endpoint + " is in the list twice."
                            : endpoint + " is taken by server " + other + ".",
                    "Give each server addresses of its own.");
        }
    }

    /** All addresses of IPv4 and all of IPv6 are one place: a socket for the latter takes the former, too. */
    private static Object place(Endpoint endpoint) {
        return endpoint instanceof Endpoint.Inet(InetSocketAddress address)
                        && address.getAddress().isAnyLocalAddress()
                ? "all:" + address.getPort()
                : endpoint;
    }
}
