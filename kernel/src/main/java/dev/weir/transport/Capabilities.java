package dev.weir.transport;

import java.util.Set;

/**
 * What a transport can do, so that the configuration can refuse at start what it cannot.
 *
 * @param listenOptions options that a listening socket takes
 * @param streamOptions options that a connected socket takes
 * @param inheritedOptions those of both that a connection has from its listening socket when it is accepted
 * @param unixSockets whether it has Unix domain sockets by path
 * @param abstractNames whether it has Unix domain sockets by abstract name (unix(7))
 * @param peerCredentials whether it tells who is at the other end of a Unix domain socket (SO_PEERCRED, unix(7))
 */
public record Capabilities(
        Set<SocketOption<?>> listenOptions,
        Set<SocketOption<?>> streamOptions,
        Set<SocketOption<?>> inheritedOptions,
        boolean unixSockets,
        boolean abstractNames,
        boolean peerCredentials) {

    /** Copies the sets. */
    public Capabilities {
        listenOptions = Set.copyOf(listenOptions);
        streamOptions = Set.copyOf(streamOptions);
        inheritedOptions = Set.copyOf(inheritedOptions);
    }
}
