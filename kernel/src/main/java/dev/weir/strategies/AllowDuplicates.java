package dev.weir.strategies;

import dev.weir.connection.Connection;
import dev.weir.lifecycle.DuplicatePolicy;

/** Lets a client have as many connections as it likes; nothing is kept of who is known by which name. */
public final class AllowDuplicates implements DuplicatePolicy {
    @Override
    public boolean watches() {
        return false;
    }

    @Override
    public Action onDuplicate(Connection newcomer, Connection older, String key) {
        return Action.ALLOW;
    }

    @Override
    public String toString() {
        return "allow";
    }
}
