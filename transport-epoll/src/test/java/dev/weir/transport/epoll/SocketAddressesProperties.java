package dev.weir.transport.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.transport.Endpoint;
import dev.weir.transport.TransportException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Writing an address and reading it gives it back. */
class SocketAddressesProperties {
    private final MemorySegment memory = Arena.ofAuto().allocate(CallMemory.ADDRESS_BYTES, Long.BYTES);

    @Property
    void whatIsWrittenIsReadBack(@ForAll("endpoints") Endpoint endpoint) throws TransportException {
        int length = SocketAddresses.write(endpoint, memory);
        assertThat(SocketAddresses.read(memory, length)).isEqualTo(endpoint);
    }

    @Property
    void whatIsKeptOfAPeerGivesItsAddressBack(@ForAll("endpoints") Endpoint endpoint) throws TransportException {
        int length = SocketAddresses.write(endpoint, memory);
        boolean inet4 = endpoint instanceof Endpoint.Inet(InetSocketAddress address)
                && address.getAddress() instanceof Inet4Address;
        long packed = SocketAddresses.packInet4(memory, length);
        assertThat(packed != SocketAddresses.NO_INET4).isEqualTo(inet4);
        byte[] copy = SocketAddresses.copy(memory, length);
        assertThat(SocketAddresses.read(MemorySegment.ofArray(copy), copy.length))
                .isEqualTo(endpoint);
        if (inet4) {
            assertThat(SocketAddresses.unpackInet4(packed)).isEqualTo(endpoint);
        }
    }

    @Property
    void anIpv4PeerOfASocketOfBothFamiliesIsOneOfIpv4(
            @ForAll @Size(4) byte[] address, @ForAll @IntRange(max = 65_535) int port) throws UnknownHostException {
        memory.fill((byte) 0);
        memory.set(ValueLayout.JAVA_SHORT, 0, (short) Headers.AF_INET6);
        memory.set(ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), SocketAddresses.PORT, (short) port);
        memory.set(ValueLayout.JAVA_SHORT, SocketAddresses.IN6_ADDRESS + 10, (short) -1);
        MemorySegment.copy(address, 0, memory, ValueLayout.JAVA_BYTE, SocketAddresses.IN6_ADDRESS + 12, 4);
        long packed = SocketAddresses.packInet4(memory, SocketAddresses.SOCKADDR_IN6_BYTES);
        assertThat(SocketAddresses.unpackInet4(packed))
                .isEqualTo(SocketAddresses.read(memory, SocketAddresses.SOCKADDR_IN6_BYTES))
                .isEqualTo(new Endpoint.Inet(new InetSocketAddress(InetAddress.getByAddress(address), port)));
    }

    @Provide
    Arbitrary<Endpoint> endpoints() {
        Arbitrary<Endpoint> inet = Combinators.combine(
                        Arbitraries.of(4, 16)
                                .flatMap(size ->
                                        Arbitraries.bytes().array(byte[].class).ofSize(size)),
                        Arbitraries.integers().between(0, 65_535))
                .as((bytes, port) -> new Endpoint.Inet(new InetSocketAddress(address(bytes), port)));
        Arbitrary<String> names =
                Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(106);
        return Arbitraries.oneOf(
                inet,
                names.map(Endpoint.UnixAbstract::new),
                names.map(name -> new Endpoint.Unix(Path.of("/" + name).normalize()))
                        .filter(unix -> unix.path().getNameCount() > 0));
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
