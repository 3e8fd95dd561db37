package dev.weir.transport.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.transport.Endpoint;
import dev.weir.transport.TransportException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Writing an address and reading it gives it back. */
class SocketAddressesProperties {
    private final MemorySegment memory = Arena.ofAuto().allocate(CallMemory.ADDRESS_BYTES, Long.BYTES);

    @Property
    void whatIsWrittenIsReadBack(@ForAll("endpoints") Endpoint endpoint) throws TransportException {
        int length = SocketAddresses.write(endpoint, memory);
        assertThat(SocketAddresses.read(memory, length)).isEqualTo(endpoint);
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
