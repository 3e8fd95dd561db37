package dev.weir.lifecycle;

import dev.weir.connection.Connection;

/** How long a phase of a connection may take: until the first byte, for one message, in all. */
@FunctionalInterface
public interface DeadlinePolicy extends Policy {

    /**
     * Looks at an open connection. Called first when it has opened, then when the last answer said so.
     *
     * @param nowNanos a reading of the loop's clock
     */
    Verdict check(Connection connection, long nowNanos);
}
