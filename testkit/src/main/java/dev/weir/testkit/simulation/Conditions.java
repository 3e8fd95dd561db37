package dev.weir.testkit.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/**
 * What a simulated network is like.
 *
 * @param trigger when its pollers report
 * @param sendBufferBytes what a socket takes before its peer's buffer has room, 1 or more
 * @param receiveBufferBytes what a socket receives before its owner does, 1 or more
 * @param chances how likely each fault is at each opportunity, from 0 to 1; what is missing never happens
 */
public record Conditions(
        Trigger trigger, int sendBufferBytes, int receiveBufferBytes, Map<InjectedFault, Double> chances) {

    /** When a poller reports. */
    public enum Trigger {
        /** In every poll in which something asked for is true, as a selector does. Tells of the peer's end only as readable. */
        LEVEL,
        /** Once, until the caller has used it up: to WOULD_BLOCK, or to less than was asked for. */
        EDGE
    }

    private static final int USUAL_BUFFER = 64 * 1024;

    /** Checks and copies. */
    public Conditions {
        if (sendBufferBytes < 1 || receiveBufferBytes < 1) {
            throw new IllegalArgumentException(
                    "socket buffers hold at least a byte: " + sendBufferBytes + ", " + receiveBufferBytes);
        }
        chances = Map.copyOf(chances);
    }

    /** Buffers of 64 KiB and no faults. */
    public static Conditions calm(Trigger trigger) {
        return new Conditions(trigger, USUAL_BUFFER, USUAL_BUFFER, Map.of());
    }

    /** Whatever the seed makes of it: either trigger, buffers from a byte to 64 KiB, each fault rare, frequent or absent. */
    public static Conditions of(long seed) {
        Random random = new Random(seed);
        Trigger trigger = random.nextBoolean() ? Trigger.LEVEL : Trigger.EDGE;
        Conditions some = calm(trigger).buffers(1 << random.nextInt(17), 1 << random.nextInt(17));
        for (InjectedFault fault : InjectedFault.values()) {
            some = some.with(fault, Math.max(0, random.nextInt(-3, 5) / 8.0));
        }
        return some;
    }

    /** The same with other buffers. */
    public Conditions buffers(int sendBytes, int receiveBytes) {
        return new Conditions(trigger, sendBytes, receiveBytes, chances);
    }

    /** The same with another chance for a fault. */
    public Conditions with(InjectedFault fault, double chance) {
        Map<InjectedFault, Double> changed = new EnumMap<>(InjectedFault.class);
        changed.putAll(chances);
        changed.put(fault, chance);
        return new Conditions(trigger, sendBufferBytes, receiveBufferBytes, changed);
    }
}
