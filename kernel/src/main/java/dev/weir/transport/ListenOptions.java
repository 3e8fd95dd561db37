package dev.weir.transport;

import java.util.Map;

/**
 * How a listening socket is to be made.
 *
 * @param backlog connections that may wait for accept (listen(2))
 * @param options options to set before bind; all must be in {@link Capabilities#listenOptions()}. One that has no meaning for a Unix
 *     domain socket, such as SO_REUSEADDR, does nothing there
 */
public record ListenOptions(int backlog, Map<SocketOption<?>, Object> options) {
    /** Copies the map. */
    public ListenOptions {
        options = Map.copyOf(options);
    }
}
