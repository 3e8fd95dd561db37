package dev.weir.testkit.simulation;

import dev.weir.testkit.simulation.Conditions.Trigger;
import dev.weir.transport.Interest;
import dev.weir.transport.Readiness;

/** A socket's place in a poller: what is asked of it, and which reports an edge-like poller still owes. */
final class Registration {
    private static final int ALL = Readiness.READABLE | Readiness.WRITABLE | Readiness.PEER_ENDED | Readiness.FAILED;

    /** What is registered. */
    interface Source {
        /** What is true of it now: a set of {@link Readiness} bits. */
        int readiness();

        /** What is reported of it whatever its interest is. */
        int alwaysAsked();
    }

    private final long token;
    private final Source source;
    private final Trigger trigger;
    private int interest;
    private int owed = ALL;
    private boolean ended;

    Registration(long token, Source source, Trigger trigger, int interest) {
        this.token = token;
        this.source = source;
        this.trigger = trigger;
        this.interest = interest;
    }

    long token() {
        return token;
    }

    boolean hasEnded() {
        return ended;
    }

    void end() {
        ended = true;
    }

    void interest(int bits) {
        int added = bits & ~interest;
        interest = bits;
        owe(asked(added));
    }

    /** The caller has used up what was reported: the next time is news. */
    void owe(int bits) {
        owed |= bits;
    }

    /** What is true and asked for, and still to be told. */
    int due() {
        int asked = asked(interest) | source.alwaysAsked();
        if (trigger == Trigger.EDGE) {
            return source.readiness() & owed & (asked | Readiness.FAILED);
        }
        int ifSilent = interest == Interest.NONE ? Readiness.FAILED : 0;
        return source.readiness() & ((asked & ~Readiness.PEER_ENDED) | ifSilent);
    }

    /** What is true and still to be told, though nobody asks for it. */
    int unasked() {
        return trigger == Trigger.EDGE ? source.readiness() & owed : 0;
    }

    /** What may be claimed without being true. */
    int claimable() {
        return asked(interest) & (Readiness.READABLE | Readiness.WRITABLE);
    }

    void reported(int bits) {
        owed &= ~bits;
    }

    private static int asked(int bits) {
        return ((bits & Interest.READ) != 0 ? Readiness.READABLE | Readiness.PEER_ENDED : 0)
                | ((bits & Interest.WRITE) != 0 ? Readiness.WRITABLE : 0);
    }
}
