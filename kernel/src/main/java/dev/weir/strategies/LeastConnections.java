package dev.weir.strategies;

import dev.weir.lifecycle.LoopChoice;
import dev.weir.transport.Endpoint;
import java.util.function.IntToLongFunction;

/** Gives a connection to the loop that has the fewest; among equals each has its turn. One object per listener. */
public final class LeastConnections implements LoopChoice {
    /** Where looking begins: behind the last choice, or else the first loop would have all that come to an idle server. */
    private int first;

    @Override
    public int choose(Endpoint peer, int acceptedOn, int loops, IntToLongFunction openOnLoop) {
        int chosen = first % loops;
        long fewest = openOnLoop.applyAsLong(chosen);
        for (int i = 1; i < loops; i++) {
            int other = (first + i) % loops;
            long open = openOnLoop.applyAsLong(other);
            if (open < fewest) {
                chosen = other;
                fewest = open;
            }
        }
        first = (chosen + 1) % loops;
        return chosen;
    }

    /** Makes one for each listener. */
    public static final class Supplier implements LoopChoice.Supplier {
        @Override
        public LoopChoice create() {
            return new LeastConnections();
        }

        @Override
        public String toString() {
            return "least-connections";
        }
    }
}
