package dev.weir.strategies;

import dev.weir.lifecycle.AcceptPolicy;

/** Takes one connection a turn: the fairest to connections that are open already. */
public final class AcceptOne implements AcceptPolicy {
    @Override
    public boolean acceptMore(int accepted, long elapsedNanos) {
        return false;
    }

    @Override
    public String toString() {
        return "one";
    }
}
