package dev.weir.transport.epoll;

import dev.weir.fault.Errno;
import dev.weir.transport.Endpoint;
import dev.weir.transport.TransportException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Endpoints as struct sockaddr_in, sockaddr_in6 and sockaddr_un, and back (ip(7), ipv6(7), unix(7)). The layouts are the same on
 * x86-64 and aarch64.
 */
final class SocketAddresses {
    /** sizeof and offsetof, netinet/in.h and sys/un.h. */
    static final int SOCKADDR_IN_BYTES = 16;

    static final int SOCKADDR_IN6_BYTES = 28;
    static final int PORT = 2;
    static final int IN_ADDRESS = 4;
    static final int IN6_ADDRESS = 8;
    static final int IN6_SCOPE = 24;
    static final int SUN_PATH = 2;
    static final int SUN_PATH_BYTES = 108;

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final ValueLayout.OfShort NETWORK_SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt NETWORK_INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    /** How the JDK turns a path into bytes. */
    static final Charset PATHS = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private static final Endpoint UNKNOWN = new Endpoint.Unknown();

    /** Says of what is packed that it is no address of IPv4. */
    static final long NO_INET4 = -1;

    /** Of IPv4 addresses as IPv6 has them (RFC 4291, 2.5.5.2): ten bytes 0, two bytes 0xff, the address. */
    private static final int MAPPED_ADDRESS = IN6_ADDRESS + 12;

    private static final int MAPPED_MARK = 0x0000_ffff;
    private static final byte[] UNNAMED = {};

    private SocketAddresses() {}

    /** Loads this class. */
    static void load() {
        // It was initialised before this method was entered.
    }

    /** The address family to make a socket of. */
    static int family(Endpoint endpoint) throws TransportException {
        return switch (endpoint) {
            case Endpoint.Inet(InetSocketAddress address) -> {
                if (address.isUnresolved()) {
                    throw new TransportException(
                            Errno.EADDRNOTAVAIL, "host " + address.getHostString() + " has no address");
                }
                yield address.getAddress() instanceof Inet4Address ? Headers.AF_INET : Headers.AF_INET6;
            }
            case Endpoint.Unix path -> Headers.AF_UNIX;
            case Endpoint.UnixAbstract name -> Headers.AF_UNIX;
            case Endpoint.Unknown unknown ->
                throw new TransportException(Errno.EINVAL, "an unknown address cannot be bound or connected to");
        };
    }

    /**
     * Writes an endpoint that has a {@link #family}.
     *
     * @param into at least {@link CallMemory#ADDRESS_BYTES} bytes
     * @return how many bytes it takes
     */
    static int write(Endpoint endpoint, MemorySegment into) throws TransportException {
        into.fill((byte) 0);
        into.set(ValueLayout.JAVA_SHORT, 0, (short) family(endpoint));
        return switch (endpoint) {
            case Endpoint.Inet(InetSocketAddress address) -> writeInet(address, into);
            case Endpoint.Unix(Path path) -> writeUnix(endpoint, path.toString().getBytes(PATHS), 0, into);
            case Endpoint.UnixAbstract(String name) ->
                writeUnix(endpoint, name.getBytes(StandardCharsets.UTF_8), 1, into);
            case Endpoint.Unknown unknown -> throw new IllegalStateException("it has no family");
        };
    }

    private static int writeInet(InetSocketAddress address, MemorySegment into) {
        into.set(NETWORK_SHORT, PORT, (short) address.getPort());
        byte[] bytes = address.getAddress().getAddress();
        boolean is4 = bytes.length == IPV4_BYTES;
        MemorySegment.copy(bytes, 0, into, ValueLayout.JAVA_BYTE, is4 ? IN_ADDRESS : IN6_ADDRESS, bytes.length);
        if (address.getAddress() instanceof Inet6Address six) {
            into.set(ValueLayout.JAVA_INT, IN6_SCOPE, six.getScopeId());
        }
        return is4 ? SOCKADDR_IN_BYTES : SOCKADDR_IN6_BYTES;
    }

    /** A path ends with a NUL; an abstract name begins with one and ends where the address ends. */
    private static int writeUnix(Endpoint endpoint, byte[] name, int at, MemorySegment into) throws TransportException {
        if (name.length == 0 || name.length >= SUN_PATH_BYTES) {
            throw new TransportException(
                    Errno.EINVAL,
                    endpoint + " has " + name.length + " bytes; a Unix socket's name has from 1 to "
                            + (SUN_PATH_BYTES - 1));
        }
        MemorySegment.copy(name, 0, into, ValueLayout.JAVA_BYTE, SUN_PATH + at, name.length);
        return SUN_PATH + name.length + 1;
    }

    /**
     * Packs an address and port of IPv4, also one that the kernel has as one of IPv6.
     *
     * @return {@link #NO_INET4} for all others
     */
    static long packInet4(MemorySegment from, int length) {
        if (length >= SOCKADDR_IN_BYTES && from.get(ValueLayout.JAVA_SHORT_UNALIGNED, 0) == Headers.AF_INET) {
            return packInet4(from, IN_ADDRESS, from.get(NETWORK_SHORT, PORT));
        }
        boolean mapped = length >= SOCKADDR_IN6_BYTES
                && from.get(ValueLayout.JAVA_SHORT_UNALIGNED, 0) == Headers.AF_INET6
                && from.get(ValueLayout.JAVA_LONG_UNALIGNED, IN6_ADDRESS) == 0
                && from.get(NETWORK_INT, MAPPED_ADDRESS - Integer.BYTES) == MAPPED_MARK
                && from.get(ValueLayout.JAVA_INT_UNALIGNED, IN6_SCOPE) == 0;
        return mapped ? packInet4(from, MAPPED_ADDRESS, from.get(NETWORK_SHORT, PORT)) : NO_INET4;
    }

    private static long packInet4(MemorySegment from, int at, short port) {
        return Integer.toUnsignedLong(from.get(NETWORK_INT, at)) << Short.SIZE | Short.toUnsignedLong(port);
    }

    /** The endpoint of what {@link #packInet4} has packed. */
    static Endpoint unpackInet4(long packed) {
        int address = (int) (packed >>> Short.SIZE);
        byte[] bytes = {(byte) (address >>> 24), (byte) (address >>> 16), (byte) (address >>> 8), (byte) address};
        return inet(bytes, 0, Short.toUnsignedInt((short) packed));
    }

    /** The bytes of an address as the kernel has written it; {@link #read} understands them as well. */
    static byte[] copy(MemorySegment from, int length) {
        return length <= SUN_PATH ? UNNAMED : bytes(from, 0, Math.min(length, CallMemory.ADDRESS_BYTES));
    }

    /** Reads what the kernel has written. An unnamed Unix socket, or a family that is not known, is unknown. */
    static Endpoint read(MemorySegment from, int length) {
        if (length < SUN_PATH) {
            return UNKNOWN;
        }
        return switch (from.get(ValueLayout.JAVA_SHORT_UNALIGNED, 0)) {
            case Headers.AF_INET -> inet(bytes(from, IN_ADDRESS, IPV4_BYTES), 0, port(from));
            case Headers.AF_INET6 ->
                inet(
                        bytes(from, IN6_ADDRESS, IPV6_BYTES),
                        from.get(ValueLayout.JAVA_INT_UNALIGNED, IN6_SCOPE),
                        port(from));
            case Headers.AF_UNIX -> unix(from, Math.min(length, SUN_PATH + SUN_PATH_BYTES));
            default -> UNKNOWN;
        };
    }

    private static int port(MemorySegment from) {
        return Short.toUnsignedInt(from.get(NETWORK_SHORT, PORT));
    }

    private static Endpoint inet(byte[] bytes, int scope, int port) {
        try {
            InetAddress address =
                    scope == 0 ? InetAddress.getByAddress(bytes) : Inet6Address.getByAddress(null, bytes, scope);
            return new Endpoint.Inet(new InetSocketAddress(address, port));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are always an address", e);
        }
    }

    private static Endpoint unix(MemorySegment from, int length) {
        byte[] name = bytes(from, SUN_PATH, length - SUN_PATH);
        if (name.length == 0) {
            return UNKNOWN;
        }
        if (name[0] == 0) {
            return new Endpoint.UnixAbstract(new String(name, 1, name.length - 1, StandardCharsets.UTF_8));
        }
        int end = 0;
        while (end < name.length && name[end] != 0) {
            end++;
        }
        try {
            return new Endpoint.Unix(Path.of(new String(name, 0, end, PATHS)));
        } catch (InvalidPathException e) {
            // A peer may be bound to a name that this process's locale cannot say.
            return UNKNOWN;
        }
    }

    private static byte[] bytes(MemorySegment from, int at, int count) {
        byte[] bytes = new byte[count];
        MemorySegment.copy(from, ValueLayout.JAVA_BYTE, at, bytes, 0, count);
        return bytes;
    }
}
