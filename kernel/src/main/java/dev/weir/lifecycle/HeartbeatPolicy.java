package dev.weir.lifecycle;

import dev.weir.connection.Connection;

/** When a connection without progress is dead. */
@FunctionalInterface
public interface HeartbeatPolicy extends Policy {

    /**
     * Looks at an open connection. Called first when it has opened, then when the last answer said so.
     *
     * @param nowNanos a reading of the loop's clock
     */
    Verdict check(Connection connection, long nowNanos);
}
