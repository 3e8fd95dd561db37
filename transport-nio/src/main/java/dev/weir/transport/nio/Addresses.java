package dev.weir.transport.nio;

import dev.weir.fault.Errno;
import dev.weir.transport.Endpoint;
import dev.weir.transport.TransportException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;

/** Endpoints in the words of the JDK, and back. */
final class Addresses {
    private Addresses() {}

    static SocketAddress of(Endpoint endpoint) throws TransportException {
        return switch (endpoint) {
            case Endpoint.Inet(InetSocketAddress address) -> {
                if (address.isUnresolved()) {
                    throw new TransportException(
                            Errno.EADDRNOTAVAIL, "host " + address.getHostString() + " has no address");
                }
                yield Platform.HAS_IPV6 || !isWildcard(address) ? address : wildcardOfIpv4(address.getPort());
            }
            case Endpoint.Unix unix -> UnixDomainSocketAddress.of(unix.path());
            case Endpoint.UnixAbstract name ->
                throw new TransportException(
                        Errno.EAFNOSUPPORT, name + ": the nio transport has no abstract names; use a path");
            case Endpoint.Unknown unknown ->
                throw new TransportException(Errno.EINVAL, "an unknown address cannot be bound or connected to");
        };
    }

    /** An unnamed Unix socket, or null, is unknown. */
    static Endpoint of(SocketAddress address) {
        return switch (address) {
            case InetSocketAddress inet -> new Endpoint.Inet(inet);
            case UnixDomainSocketAddress unix
            when !unix.getPath().toString().isEmpty() -> new Endpoint.Unix(unix.getPath());
            case null, default -> new Endpoint.Unknown();
        };
    }

    private static boolean isWildcard(InetSocketAddress address) {
        return address.getAddress().isAnyLocalAddress();
    }

    /** What {@code ::} is on a host without IPv6. */
    private static InetSocketAddress wildcardOfIpv4(int port) {
        return new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), port);
    }

    /**
     * The address family, named so that the JDK keeps to it: left to itself it makes an IPv6 socket, on which 0.0.0.0 is every
     * IPv6 address as well.
     */
    static ProtocolFamily family(SocketAddress address) {
        return switch (address) {
            case UnixDomainSocketAddress unix -> StandardProtocolFamily.UNIX;
            case InetSocketAddress inet when inet.getAddress() instanceof Inet4Address -> StandardProtocolFamily.INET;
            default -> StandardProtocolFamily.INET6;
        };
    }
}
