package dev.weir.strategies;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All IP addresses of one family that begin with the same bits (RFC 4632). An IPv4 address that was mapped into IPv6 counts as the
 * IPv4 address that it is.
 *
 * @param six whether they are IPv6 addresses
 * @param high the first 64 bits, or the 32 of an IPv4 address and zeros; bits behind the prefix are 0
 * @param low the last 64 bits; 0 for IPv4
 * @param bits how many bits are the prefix, 0 to 32 or 128
 */
record AddressRange(boolean six, long high, long low, int bits) {
    private static final Pattern FORM = Pattern.compile("([^/%]+)(?:/(\\d{1,3}))?");
    private static final Pattern DOTTED_QUAD = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
    private static final int V4_BITS = 32;
    private static final int V6_BITS = 128;

    /** The range of so many bits that an address is in. More bits than the address has are as many as it has. */
    static AddressRange around(InetAddress address, int bits) {
        byte[] bytes = address.getAddress();
        boolean six = bytes.length > Integer.BYTES;
        long high = six ? word(bytes, 0, Long.BYTES) : word(bytes, 0, Integer.BYTES) << Integer.SIZE;
        long low = six ? word(bytes, Long.BYTES, Long.BYTES) : 0;
        int kept = Math.min(bits, six ? V6_BITS : V4_BITS);
        return new AddressRange(six, high & mask(kept), low & mask(kept - Long.SIZE), kept);
    }

    /**
     * Reads "10.0.0.0/8", "2001:db8::/32", or one address.
     *
     * @throws IllegalArgumentException with what is wrong, to follow the text in a sentence
     */
    static AddressRange parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()
                || (!form.group(1).contains(":")
                        && !DOTTED_QUAD.matcher(form.group(1)).matches())) {
            throw new IllegalArgumentException("is no range of addresses.");
        }
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(form.group(1));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is no range of addresses.", e);
        }
        int most = address.getAddress().length * Byte.SIZE;
        int bits = form.group(2) == null ? most : Integer.parseInt(form.group(2));
        if (bits > most) {
            throw new IllegalArgumentException("has a prefix of more than " + most + " bits.");
        }
        AddressRange range = around(address, bits);
        if (!range.equals(new AddressRange(range.six, around(address, most).high, around(address, most).low, bits))) {
            throw new IllegalArgumentException("has bits set behind its prefix: it is not the first of its range.");
        }
        return range;
    }

    /** Whether the address is in it. */
    boolean contains(InetAddress address) {
        return equals(around(address, bits));
    }

    /** A word whose first so many bits are set. */
    private static long mask(int bits) {
        return bits <= 0 ? 0 : bits >= Long.SIZE ? -1L : -1L << (Long.SIZE - bits);
    }

    private static long word(byte[] bytes, int from, int count) {
        long word = 0;
        for (int i = from; i < from + count; i++) {
            word = word << Byte.SIZE | (bytes[i] & 0xff);
        }
        return word;
    }
}
