package dev.weir.testkit.simulation;

import java.util.Collections;
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
        chances = possible(chances);
    }

    private static Map<InjectedFault, Double> possible(Map<InjectedFault, Double> chances) {
        Map<InjectedFault, Double> possible = new EnumMap<>(InjectedFault.class);
        possible.putAll(chances);
        possible.values().removeIf(chance -> chance <= 0);
        return Collections.unmodifiableMap(possible);
    }

    /** Buffers of 64 KiB and no faults. */
    public static Conditions calm(Trigger trigger) {
        return new Conditions(trigger, USUAL_BUFFER, USUAL_BUFFER, Map.of());
    }

    /**
     * Whatever the seed makes of it: either trigger, buffers from a byte to 64 KiB, each fault rare, frequent or absent. Peers do as
     * they are told; {@link #withRestlessPeers()} lets go of that.
     */
    public static Conditions of(long seed) {
        Random random = new Random(seed);
        Trigger trigger = random.nextBoolean() ? Trigger.LEVEL : Trigger.EDGE;
        Conditions some = calm(trigger).buffers(1 << random.nextInt(17), 1 << random.nextInt(17));
        for (InjectedFault fault : InjectedFault.values()) {
            double chance = Math.max(0, random.nextInt(-3, 5) / 8.0);
            some = fault.isPeers() || fault == InjectedFault.RECYCLED_SLOT
                    ? some
                    : some.with(fault, fault.isExhaustion() ? chance / 4 : chance);
        }
        return some;
    }

    /** The same with peers that end their half or reset now and then, without being told to. */
    public Conditions withRestlessPeers() {
        return with(InjectedFault.PEER_HALF_CLOSE, 0.01).with(InjectedFault.PEER_RESET, 0.01);
    }

    /** The same with an accept that never lacks anything. */
    public Conditions withoutExhaustion() {
        Conditions some = this;
        for (InjectedFault fault : InjectedFault.values()) {
            some = fault.isExhaustion() ? some.with(fault, 0) : some;
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
