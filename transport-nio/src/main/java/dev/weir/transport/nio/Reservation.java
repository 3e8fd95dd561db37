package dev.weir.transport.nio;

import dev.weir.transport.Endpoint;
import dev.weir.transport.ListenOptions;
import dev.weir.transport.TransportException;
import java.nio.channels.ServerSocketChannel;

/**
 * An address that is taken and not listened on yet. The JDK's server channel binds and listens in one call; a client channel that
 * is only bound takes the address as well, and refuses clients.
 */
interface Reservation {

    /** Takes the address; EADDRINUSE when somebody listens there, EADDRNOTAVAIL, EACCES … */
    static Reservation of(Endpoint address, ListenOptions options) throws TransportException {
        return address instanceof Endpoint.Unix unix
                ? UnixReservation.of(unix, options)
                : InetReservation.of(address, options);
    }

    /** The address, with the port that the kernel chose. */
    Endpoint address();

    /** Listens, non-blocking. The caller closes the channel after {@link #release()}. */
    ServerSocketChannel listen() throws TransportException;

    /** Gives up what this reservation itself holds. */
    void release();
}
