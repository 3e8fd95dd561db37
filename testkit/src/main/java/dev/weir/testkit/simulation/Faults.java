package dev.weir.testkit.simulation;

import java.util.Random;

/** Decides by the seed which faults strike, and counts them. */
final class Faults {
    private final Conditions conditions;
    private final Random random;
    private final Tally<InjectedFault> tally = new Tally<>(InjectedFault.class);

    Faults(long seed, Conditions conditions) {
        this.conditions = conditions;
        this.random = new Random(seed);
    }

    /** An opportunity for a fault; true when it is to happen. Asked only where it can happen, for it is counted. */
    boolean strikes(InjectedFault fault) {
        double chance = conditions.chances().getOrDefault(fault, 0.0);
        if (chance <= 0 || random.nextDouble() >= chance) {
            return false;
        }
        tally.add(fault);
        return true;
    }

    /** Whether a fault can happen at all. */
    boolean include(InjectedFault fault) {
        return conditions.chances().getOrDefault(fault, 0.0) > 0;
    }

    /** A fault that has a cause of its own has happened. */
    void happened(InjectedFault fault) {
        tally.add(fault);
    }

    /** A number from {@code least} to {@code most}. */
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    Random random() {
        return random;
    }

    Tally<InjectedFault> tally() {
        return tally;
    }
}
