package dev.weir.lifecycle;

import dev.weir.connection.Connection;

/**
 * What becomes of two open connections of one server whose protocols give the same name to the peer ({@code Session.identify}). A client
 * that crashed and comes back is a duplicate until its first connection is found dead; so is who uses the credentials of another.
 */
public interface DuplicatePolicy extends Policy {

    /** What is done. */
    enum Action {
        /** Both stay; the newcomer is the one that is known from now on. */
        ALLOW,
        /** The older one ends as DUPLICATE, by the close policy. */
        REPLACE,
        /** The newcomer ends as DUPLICATE, by the close policy. */
        REJECT
    }

    /** Whether it wants to be asked at all. Where not, nothing is kept of who is known by which name. The same at every call. */
    default boolean watches() {
        return true;
    }

    /**
     * Asked on the newcomer's loop, and by several loops at once. It may be asked twice about one newcomer, when a third connection comes
     * in between.
     *
     * @param older belongs to another loop, perhaps: only its id, server and addresses may be read. It may just be ending
     */
    Action onDuplicate(Connection newcomer, Connection older, String key);
}
