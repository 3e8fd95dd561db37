package dev.weir.strategies;

import dev.weir.connection.Connection;
import dev.weir.lifecycle.DuplicatePolicy;

/** Ends the connection of who comes under a name that is connected already. */
public final class RejectNewcomer implements DuplicatePolicy {
    @Override
    public Action onDuplicate(Connection newcomer, Connection older, String key) {
        return Action.REJECT;
    }

    @Override
    public String toString() {
        return "reject";
    }
}
