package dev.weir.lifecycle;

import dev.weir.codec.CodecFactory;
import dev.weir.protocol.AnyProtocol;
import dev.weir.transport.Capabilities;
import dev.weir.transport.Endpoint;
import java.util.List;

/**
 * Where a server's policy is to work, for it to say at start whether it can.
 *
 * @param listen the server's addresses, as configured
 * @param listenerPerLoop true when each loop has a listening socket of its own for an address (SO_REUSEPORT)
 * @param mode how many replies a connection is for
 * @param codec what it speaks
 * @param protocol what answers on the server
 * @param transport what the transport can do
 */
public record Surroundings(
        List<Endpoint> listen,
        boolean listenerPerLoop,
        ConnectionMode mode,
        CodecFactory<?, ?> codec,
        AnyProtocol<?, ?> protocol,
        Capabilities transport) {

    /** Copies the list. */
    public Surroundings {
        listen = List.copyOf(listen);
    }

    /** True when the protocol, or else the codec, has a word for a peer that is sent away. */
    public boolean hasGoodbye() {
        return protocol.goodbye().isPresent() || codec.hasGoodbye();
    }

    /** True when it listens on a TCP address. */
    public boolean hasInetListener() {
        return listen.stream().anyMatch(Endpoint.Inet.class::isInstance);
    }

    /** True when it listens on a Unix domain socket, whose peers have no addresses. */
    public boolean hasUnixListener() {
        return listen.stream().anyMatch(endpoint -> !(endpoint instanceof Endpoint.Inet));
    }
}
