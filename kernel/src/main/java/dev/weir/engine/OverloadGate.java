package dev.weir.engine;

import dev.weir.lifecycle.OverloadPolicy.Action;
import dev.weir.lifecycle.OverloadPolicy.Proceed;

/** What the overload policy wants of all acceptors at the moment. Set by one thread, read by every loop before each accept. */
public final class OverloadGate {
    private volatile Action action = Proceed.PROCEED;

    /** From now on. */
    public void set(Action wanted) {
        action = wanted;
    }

    /** At the moment. */
    public Action action() {
        return action;
    }
}
