package dev.weir.lifecycle;

import dev.weir.connection.Connection;
import dev.weir.transport.SocketOption;
import java.util.Map;

/** When a connection without progress is dead. */
@FunctionalInterface
public interface HeartbeatPolicy extends Policy {

    /**
     * Looks at an open connection. Called first when it has opened, then when the last answer said so.
     *
     * @param nowNanos a reading of the loop's clock
     */
    Verdict check(Connection connection, long nowNanos);

    /**
     * Options of each accepted socket, by which the operating system does the work; as a rule none. Asked once, at start. An option that
     * the transport cannot set, or that is to have another value for another reason, is a fault of the configuration.
     */
    default Map<SocketOption<?>, Object> options() {
        return Map.of();
    }
}
