package dev.weir.transport.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fault.Errno;
import dev.weir.testkit.Wire;
import dev.weir.transport.Endpoint;
import dev.weir.transport.TransportException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Addresses, byte by byte as ip(7), ipv6(7) and unix(7) have them. */
class SocketAddressesTest {
    private final MemorySegment memory = Arena.ofAuto().allocate(CallMemory.ADDRESS_BYTES, Long.BYTES);

    private static Endpoint inet(String host, int port) {
        return new Endpoint.Inet(new InetSocketAddress(InetAddress.ofLiteral(host), port));
    }

    private String written(Endpoint endpoint) throws TransportException {
        memory.fill((byte) 0xEE);
        int length = SocketAddresses.write(endpoint, memory);
        byte[] bytes = memory.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void ipv4HasItsPortAndAddressInNetworkOrder() throws Exception {
        assertThat(written(inet("127.0.0.1", 0x1F90))).isEqualTo("0200" + "1f90" + "7f000001" + "0000000000000000");
    }

    @Test
    void ipv6HasFlowAddressAndScope() throws Exception {
        assertThat(written(inet("::1", 0x1F90)))
                .isEqualTo("0a00" + "1f90" + "00000000" + "00000000000000000000000000000001" + "00000000");
        byte[] local = HexFormat.of().parseHex("fe800000000000000000000000000001");
        Endpoint scoped = new Endpoint.Inet(new InetSocketAddress(Inet6Address.getByAddress(null, local, 7), 1));
        assertThat(written(scoped))
                .isEqualTo("0a00" + "0001" + "00000000" + "fe800000000000000000000000000001" + "07000000");
        assertThat(SocketAddresses.read(memory, SocketAddresses.SOCKADDR_IN6_BYTES))
                .isEqualTo(scoped);
    }

    @Test
    void aPathEndsWithANul() throws Exception {
        assertThat(written(new Endpoint.Unix(Path.of("/r/s")))).isEqualTo("0100" + "2f722f73" + "00");
    }

    @Test
    void anAbstractNameBeginsWithANulAndHasNoneAtItsEnd() throws Exception {
        assertThat(written(new Endpoint.UnixAbstract("weir"))).isEqualTo("0100" + "00" + "77656972");
        assertThat(SocketAddresses.read(memory, 2 + 1 + 4)).isEqualTo(new Endpoint.UnixAbstract("weir"));
    }

    @Test
    void anIpv4AddressInIpv6ClothingIsAnIpv4Address() {
        MemorySegment.copy(
                HexFormat.of().parseHex("0a00" + "0050" + "00000000" + "00000000000000000000ffff7f000002" + "00000000"),
                0,
                memory,
                ValueLayout.JAVA_BYTE,
                0,
                SocketAddresses.SOCKADDR_IN6_BYTES);
        assertThat(SocketAddresses.read(memory, SocketAddresses.SOCKADDR_IN6_BYTES))
                .isEqualTo(inet("127.0.0.2", 80));
    }

    @Test
    void whatHasNoNameIsUnknown() {
        memory.set(ValueLayout.JAVA_SHORT, 0, (short) Headers.AF_UNIX);
        assertThat(SocketAddresses.read(memory, 2)).isEqualTo(new Endpoint.Unknown());
        assertThat(SocketAddresses.read(memory, 0)).isEqualTo(new Endpoint.Unknown());
        memory.set(ValueLayout.JAVA_SHORT, 0, (short) 16);
        assertThat(SocketAddresses.read(memory, 16)).isEqualTo(new Endpoint.Unknown());
    }

    @Test
    void theLongestNameHas107Bytes() throws Exception {
        char[] letters = new char[107];
        Arrays.fill(letters, 'a');
        String longest = new String(letters);
        assertThat(written(new Endpoint.UnixAbstract(longest))).hasSize(2 * (2 + 1 + 107));
        assertThat(SocketAddresses.read(memory, 110)).isEqualTo(new Endpoint.UnixAbstract(longest));
        assertThat(Wire.errnoOf(() -> written(new Endpoint.UnixAbstract(longest + "a"))))
                .isEqualTo(Errno.EINVAL);
        assertThat(Wire.errnoOf(() -> written(new Endpoint.Unix(Path.of("/" + longest)))))
                .isEqualTo(Errno.EINVAL);
        assertThat(Wire.errnoOf(() -> written(new Endpoint.UnixAbstract("")))).isEqualTo(Errno.EINVAL);
    }

    @Test
    void whatIsNoAddressIsRefused() {
        Endpoint unresolved = new Endpoint.Inet(InetSocketAddress.createUnresolved("nowhere.invalid", 1));
        assertThat(Wire.errnoOf(() -> written(unresolved))).isEqualTo(Errno.EADDRNOTAVAIL);
        assertThat(Wire.errnoOf(() -> written(new Endpoint.Unknown()))).isEqualTo(Errno.EINVAL);
    }
}
