package dev.weir.strategies;

import dev.weir.connection.Connection;
import dev.weir.lifecycle.DuplicatePolicy;

/** Ends the older connection of a client that comes again: for clients that crash and come back before anyone notices. */
public final class ReplaceOlder implements DuplicatePolicy {
    @Override
    public Action onDuplicate(Connection newcomer, Connection older, String key) {
        return Action.REPLACE;
    }

    @Override
    public String toString() {
        return "replace";
    }
}
