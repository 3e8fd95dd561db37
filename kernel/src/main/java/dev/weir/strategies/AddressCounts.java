package dev.weir.strategies;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How many connections each address has: each IPv4 address by itself, IPv6 addresses by a prefix, since one machine as a rule has a
 * whole network of them. Keeps nothing of an address that has none. Any thread.
 */
final class AddressCounts {
    private static final int WHOLE_V4 = 32;

    private final int most;
    private final int ipv6Prefix;
    private final ConcurrentMap<AddressRange, Integer> counts = new ConcurrentHashMap<>();

    /**
     * @param most connections of one address at the most, 1 or more
     * @param ipv6Prefix how many bits of an IPv6 address tell one peer from another
     */
    AddressCounts(int most, int ipv6Prefix) {
        this.most = most;
        this.ipv6Prefix = ipv6Prefix;
    }

    /** What the address is counted under. */
    AddressRange key(InetAddress address) {
        return AddressRange.around(address, address.getAddress().length > Integer.BYTES ? ipv6Prefix : WHOLE_V4);
    }

    /** One more of it, if it may have one more. */
    boolean enter(AddressRange key) {
        while (true) {
            Integer now = counts.putIfAbsent(key, 1);
            if (now == null) {
                return true;
            }
            if (now >= most) {
                return false;
            }
            if (counts.replace(key, now, now + 1)) {
                return true;
            }
        }
    }

    /** One of it has ended. */
    void leave(AddressRange key) {
        counts.computeIfPresent(key, (same, now) -> now == 1 ? null : now - 1);
    }

    /** Addresses that have a connection. */
    int size() {
        return counts.size();
    }
}
