package dev.weir.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Ranges of addresses, against the same done with big numbers. */
class AddressRangeProperties {
    @Property
    void containsWhatHasTheSamePrefix(
            @ForAll("addresses") byte[] first,
            @ForAll @IntRange(max = 128) int bits,
            @ForAll @IntRange(max = 127) int flip)
            throws Exception {
        int length = first.length * Byte.SIZE;
        int prefix = Math.min(bits, length);
        AddressRange range = AddressRange.around(InetAddress.getByAddress(first), prefix);
        byte[] other = first.clone();
        int at = flip % length;
        other[at / Byte.SIZE] ^= (byte) (0x80 >> (at % Byte.SIZE));

        assertThat(range.contains(InetAddress.getByAddress(first))).isTrue();
        assertThat(range.contains(InetAddress.getByAddress(other))).isEqualTo(at >= prefix);
    }

    @Property
    void isReadFromItsWrittenForm(@ForAll("addresses") byte[] address, @ForAll @IntRange(max = 128) int bits)
            throws Exception {
        int length = address.length * Byte.SIZE;
        int prefix = Math.min(bits, length);
        InetAddress first = firstOf(address, prefix);
        AddressRange range = AddressRange.parse(first.getHostAddress() + "/" + prefix);

        assertThat(range).isEqualTo(AddressRange.around(InetAddress.getByAddress(address), prefix));
        boolean isFirst = first.equals(InetAddress.getByAddress(address));
        String written = InetAddress.getByAddress(address).getHostAddress() + "/" + prefix;
        if (!isFirst) {
            assertThatThrownBy(() -> AddressRange.parse(written)).hasMessageContaining("bits set behind its prefix");
        }
    }

    @Example
    void oneFamilyHoldsNoneOfTheOther() throws Exception {
        assertThat(AddressRange.parse("0.0.0.0/0").contains(InetAddress.ofLiteral("::1")))
                .isFalse();
        assertThat(AddressRange.parse("::/0").contains(InetAddress.ofLiteral("10.0.0.1")))
                .isFalse();
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 1};
        assertThat(AddressRange.parse("10.0.0.0/8").contains(InetAddress.getByAddress(mapped)))
                .isTrue();
    }

    @Property
    void saysOfEveryOtherTextThatItIsNone(@ForAll("texts") String text) {
        assertThatThrownBy(() -> AddressRange.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                "",
                "/",
                "10",
                "10.0.0",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "10.0.0.1/8",
                "10.0.0.256",
                "::/129",
                "fe80::1%lo",
                "localhost",
                "1:2",
                "10.0.0.0/8/8",
                " 10.0.0.0/8",
                "10.0.0.0 /8",
                "::1/64");
    }

    @Provide
    Arbitrary<byte[]> addresses() {
        return Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofSize(4),
                // Not 0: an address that is mapped from IPv4 is one of IPv4.
                Arbitraries.bytes()
                        .filter(each -> each != 0)
                        .array(byte[].class)
                        .ofSize(16));
    }

    private static InetAddress firstOf(byte[] address, int prefix) throws UnknownHostException {
        BigInteger mask =
                BigInteger.ONE.shiftLeft(address.length * Byte.SIZE - prefix).subtract(BigInteger.ONE);
        byte[] first = new BigInteger(1, address).andNot(mask).toByteArray();
        byte[] padded = new byte[address.length];
        int count = Math.min(first.length, padded.length);
        System.arraycopy(first, first.length - count, padded, padded.length - count, count);
        return InetAddress.getByAddress(padded);
    }
}
