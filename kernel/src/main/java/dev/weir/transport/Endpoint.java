package dev.weir.transport;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** One end of a connection, or where a server listens. */
public sealed interface Endpoint {

    /**
     * A TCP address and port. To listen on, 0.0.0.0 is every IPv4 address of the host, and :: every address of both families.
     */
    record Inet(InetSocketAddress address) implements Endpoint {
        @Override
        public String toString() {
            String host = address.getAddress() == null
                    ? address.getHostString()
                    : address.getAddress().getHostAddress();
            return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
        }
    }

    /** A Unix domain socket by path. */
    record Unix(Path path) implements Endpoint {
        @Override
        public String toString() {
            return "unix:" + path;
        }
    }

    /** A Unix domain socket by abstract name (Linux only, unix(7)). */
    record UnixAbstract(String name) implements Endpoint {
        @Override
        public String toString() {
            return "unix:@" + name;
        }
    }

    /** An end without a name: an unbound Unix socket, or a peer that was gone before anyone could ask. */
    record Unknown() implements Endpoint {
        @Override
        public String toString() {
            return "unknown";
        }
    }
}
