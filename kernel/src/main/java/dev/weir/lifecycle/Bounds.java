package dev.weir.lifecycle;

import java.time.Duration;

/** What the values that policies answer with may be. A mistake is thrown where the policy makes it, which the engine guards. */
final class Bounds {
    /** The longest time that a policy may ask for. */
    static final Duration LONGEST = Duration.ofDays(365);

    private Bounds() {}

    /** Refuses times outside of {@code least} to {@link #LONGEST}. */
    static void check(String what, Duration time, Duration least) {
        if (time.compareTo(least) < 0 || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(what + " must be from " + least + " to " + LONGEST + ", not " + time);
        }
    }

    /** Refuses numbers below {@code least}. */
    static void check(String what, long number, long least) {
        if (number < least) {
            throw new IllegalArgumentException(what + " must be " + least + " or more, not " + number);
        }
    }
}
