package dev.weir.strategies;

import dev.weir.settings.Settings;
import dev.weir.transport.Endpoint;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Which peer addresses may come in. What is denied stays out, also where it is allowed; with nothing allowed by name, all that is not
 * denied comes in.
 *
 * @param allow ranges that may; empty: all
 * @param deny ranges that may not
 */
record AddressRules(List<AddressRange> allow, List<AddressRange> deny) {
    private static final String CURE = "Write ranges as \"10.0.0.0/8\" or \"2001:db8::/32\", or single addresses.";

    AddressRules {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }

    /** Reads {@code allow} and {@code deny}. */
    static AddressRules read(Settings settings) {
        return new AddressRules(ranges(settings, "allow"), ranges(settings, "deny"));
    }

    private static List<AddressRange> ranges(Settings settings, String key) {
        List<AddressRange> ranges = new ArrayList<>();
        List<String> texts = settings.strings(key);
        for (int i = 0; i < texts.size(); i++) {
            try {
                ranges.add(AddressRange.parse(texts.get(i).strip()));
            } catch (IllegalArgumentException e) {
                settings.fault(key, i, "\"" + texts.get(i) + "\" " + e.getMessage(), CURE);
            }
        }
        return ranges;
    }

    /** True when everybody may come in. */
    boolean isEmpty() {
        return allow.isEmpty() && deny.isEmpty();
    }

    /** Whether this peer may come in. Where there are rules, one whose address nobody knows may not. */
    boolean admit(Endpoint peer) {
        if (isEmpty()) {
            return true;
        }
        return peer instanceof Endpoint.Inet(var socket)
                && socket.getAddress() != null
                && !contain(deny, socket.getAddress())
                && (allow.isEmpty() || contain(allow, socket.getAddress()));
    }

    private static boolean contain(List<AddressRange> ranges, InetAddress address) {
        for (AddressRange range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
