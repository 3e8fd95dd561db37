package dev.weir.strategies;

import dev.weir.lifecycle.LoopChoice;
import dev.weir.transport.Endpoint;
import java.util.function.IntToLongFunction;

/** Gives each loop a connection in turn. One object per listener. */
public final class RoundRobin implements LoopChoice {
    private int next;

    @Override
    public int choose(Endpoint peer, int acceptedOn, int loops, IntToLongFunction openOnLoop) {
        int chosen = next < loops ? next : 0;
        next = chosen + 1;
        return chosen;
    }

    /** Makes one for each listener. */
    public static final class Supplier implements LoopChoice.Supplier {
        @Override
        public LoopChoice create() {
            return new RoundRobin();
        }

        @Override
        public String toString() {
            return "round-robin";
        }
    }
}
