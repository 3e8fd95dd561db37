package dev.weir.engine;

import dev.weir.lifecycle.DuplicatePolicy;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which open connection of a server goes by which name. Shared by its loops; asked at logins and endings only. An entry is as long-lived
 * as its connection serves: that takes it back itself.
 */
public final class Identities {
    private final DuplicatePolicy policy;
    private final ConcurrentHashMap<String, SocketConnection> byKey = new ConcurrentHashMap<>();

    /** @param policy asked about duplicates */
    public Identities(DuplicatePolicy policy) {
        this.policy = policy;
    }

    /** How many names are taken. Any thread. */
    public long known() {
        return byKey.mappingCount();
    }

    /** Makes a connection known by a name. On its loop. @return false when it is to end as a duplicate */
    boolean identify(SocketConnection newcomer, String key) {
        if (key.isEmpty() || !policy.watches()) {
            return true;
        }
        while (true) {
            SocketConnection older = byKey.putIfAbsent(key, newcomer);
            if (older == null) {
                return true;
            }
            var action = Objects.requireNonNull(policy.onDuplicate(newcomer, older, key), "no action");
            if (action == DuplicatePolicy.Action.REJECT) {
                return false;
            }
            if (byKey.replace(key, older, newcomer)) {
                if (action == DuplicatePolicy.Action.REPLACE) {
                    older.replacedBy(newcomer);
                }
                return true;
            }
            // The older one has just ended, or a third was faster: look again.
        }
    }

    /** Frees a name, if it is this connection's. On its loop. */
    void forget(SocketConnection connection, String key) {
        byKey.remove(key, connection);
    }
}
