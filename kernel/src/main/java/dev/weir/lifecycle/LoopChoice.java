package dev.weir.lifecycle;

import dev.weir.transport.Endpoint;
import java.util.function.IntToLongFunction;

/** Which event loop gets a new connection. One object per listener, so it may keep a position. */
@FunctionalInterface
public interface LoopChoice {

    /**
     * Chooses a loop.
     *
     * @param peer the new connection's peer
     * @param acceptedOn the loop whose listening socket took it; with one socket for an address always the same
     * @param loops how many loops there are, 1 or more
     * @param openOnLoop connections that a loop has, with those that are on their way to it; by its index
     * @return an index from 0 to {@code loops - 1}
     */
    int choose(Endpoint peer, int acceptedOn, int loops, IntToLongFunction openOnLoop);

    /** Makes a choice for each listener. */
    @FunctionalInterface
    interface Supplier extends Policy {
        /** A new choice for one listener. */
        LoopChoice create();
    }
}
