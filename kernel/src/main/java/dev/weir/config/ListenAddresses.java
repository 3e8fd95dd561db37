package dev.weir.config;

import dev.weir.settings.Settings;
import dev.weir.transport.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads where a server listens: "host:port", "[v6]:port", "*:port", "unix:/path", "unix:@name". */
final class ListenAddresses {
    /** sockaddr_un.sun_path has 108 bytes, of which one is the NUL that ends a path or begins a name (unix(7)). */
    private static final int MOST_UNIX_BYTES = 107;

    private static final InetAddress EVERY_ADDRESS = InetAddress.ofLiteral("::");
    private static final int MOST_PORT = 65535;
    private static final String FORMS =
            "Write \"HOST:PORT\", \"[IPV6]:PORT\", \"*:PORT\" for all addresses, \"unix:/PATH\" or \"unix:@NAME\".";

    private final Settings server;
    private final String key;
    private int item;

    private ListenAddresses(Settings server, String key) {
        this.server = server;
        this.key = key;
    }

    static List<Endpoint> read(Settings server, String key) {
        ListenAddresses addresses = new ListenAddresses(server, key);
        List<String> texts = server.strings(key);
        if (server.isEmptyList(key)) {
            server.fault(key, "is empty.", "A server needs an address. " + FORMS);
        }
        List<Endpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            addresses.item = i;
            addresses.endpoint(texts.get(i).strip()).ifPresent(endpoints::add);
        }
        return endpoints;
    }

    private Optional<Endpoint> endpoint(String text) {
        return text.startsWith("unix:") ? unix(text, text.substring("unix:".length())) : inet(text);
    }

    private Optional<Endpoint> unix(String text, String place) {
        boolean isAbstract = place.startsWith("@");
        String name = isAbstract ? place.substring(1) : place;
        if (isAbstract ? name.isEmpty() : !name.startsWith("/")) {
            return wrong(
                    text,
                    isAbstract ? "has no name." : "is no absolute path.",
                    "Write \"unix:/PATH\", or \"unix:@NAME\" for an abstract name.");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > MOST_UNIX_BYTES) {
            return wrong(
                    text,
                    "is too long: the system takes " + MOST_UNIX_BYTES + " bytes.",
                    "Choose a shorter " + (isAbstract ? "name." : "path."));
        }
        if (isAbstract) {
            return Optional.of(new Endpoint.UnixAbstract(name));
        }
        try {
            return Optional.of(new Endpoint.Unix(Path.of(name).normalize()));
        } catch (InvalidPathException e) {
            return wrong(text, "is no path: " + e.getReason() + ".", "Write \"unix:/PATH\".");
        }
    }

    private Optional<Endpoint> inet(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        String digits = text.substring(colon + 1);
        if (colon < 0 || host.isEmpty() || !isPort(digits)) {
            return wrong(
                    text, colon >= 0 && !host.isEmpty() ? "has no port from 0 to 65535." : "is no address.", FORMS);
        }
        int port = Integer.parseInt(digits);
        if (host.equals("*")) {
            return Optional.of(new Endpoint.Inet(new InetSocketAddress(EVERY_ADDRESS, port)));
        }
        boolean inBrackets = host.startsWith("[") && host.endsWith("]");
        if (inBrackets != host.contains(":")) {
            return wrong(text, "is no address: brackets stand around IPv6 addresses and nothing else.", FORMS);
        }
        try {
            return Optional.of(new Endpoint.Inet(new InetSocketAddress(InetAddress.getByName(host), port)));
        } catch (UnknownHostException e) {
            return wrong(
                    text,
                    "names a host that cannot be resolved: " + host + ".",
                    "Correct the name, or write the address in digits.");
        }
    }

    private static boolean isPort(String digits) {
        return digits.matches("\\d{1,5}") && Integer.parseInt(digits) <= MOST_PORT;
    }

    private Optional<Endpoint> wrong(String text, String problem, String cure) {
        server.fault(key, item, "\"" + text + "\" " + problem, cure);
        return Optional.empty();
    }
}
