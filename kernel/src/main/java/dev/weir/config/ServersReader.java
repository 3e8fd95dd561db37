package dev.weir.config;

import dev.weir.settings.Settings;
import dev.weir.transport.Endpoint;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        Map<Endpoint, String> taken = new LinkedHashMap<>();
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

    private static void claim(String server, Endpoint endpoint, Map<Endpoint, String> taken, Settings block) {
        if (endpoint instanceof Endpoint.Inet inet && inet.address().getPort() == 0) {
            return; // Each gets a port of its own.
        }
        Optional<Endpoint> inTheWay = taken.keySet().stream()
                .filter(other -> overlap(endpoint, other))
                .findFirst();
        inTheWay.ifPresent(other -> {
            String owner = taken.get(other);
            String here = endpoint.equals(other) ? endpoint + " is" : endpoint + ", which overlaps " + other + ", is";
            block.fault(
                    "listen",
                    owner.equals(server) ? here + " in the list twice." : here + " taken by server " + owner + ".",
                    "Give each server addresses of its own.");
        });
        taken.putIfAbsent(endpoint, server);
    }

    /** Whether a socket of the one keeps the other from listening: all addresses of a family hold each of them, IPv6's all of both. */
    private static boolean overlap(Endpoint one, Endpoint other) {
        if (!(one instanceof Endpoint.Inet(var a)) || !(other instanceof Endpoint.Inet(var b))) {
            return one.equals(other);
        }
        return a.getPort() == b.getPort()
                && (holds(a.getAddress(), b.getAddress()) || holds(b.getAddress(), a.getAddress()));
    }

    private static boolean holds(InetAddress wide, InetAddress narrow) {
        return wide.equals(narrow)
                || (wide.isAnyLocalAddress() && (wide instanceof Inet6Address || narrow instanceof Inet4Address));
    }
}
