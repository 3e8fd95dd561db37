package dev.weir.transport.nio;

import dev.weir.fault.Errno;
import dev.weir.transport.Endpoint;
import dev.weir.transport.ListenOptions;
import dev.weir.transport.SocketOption;
import dev.weir.transport.TransportException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;

/**
 * A TCP address, held by a channel that is bound and never listens. Linux lets a second socket bind to it when both have
 * SO_REUSEADDR and neither listens (socket(7)); so the listening socket is bound <em>while</em> the first still holds the port, and
 * no moment is left in which another could take it. Two processes that reserve with SO_REUSEADDR at the same time both succeed,
 * just as they would with bind(2), and the second to listen gets EADDRINUSE.
 */
final class InetReservation implements Reservation {
    /** The options that decide whether an address is free. */
    private static final List<SocketOption<Boolean>> SHARING =
            List.of(SocketOption.REUSE_ADDRESS, SocketOption.REUSE_PORT);

    private final ListenOptions options;
    private final SocketChannel holder;
    private final SocketAddress bound;
    private final Endpoint address;

    private InetReservation(ListenOptions options, SocketChannel holder) throws IOException {
        this.options = options;
        this.holder = holder;
        this.bound = holder.getLocalAddress();
        this.address = Addresses.of(bound);
    }

    static InetReservation of(Endpoint wanted, ListenOptions options) throws TransportException {
        SocketAddress target = Addresses.of(wanted);
        String what = "cannot bind " + wanted;
        try {
            SocketChannel holder = SocketChannel.open(Addresses.family(target));
            try {
                for (SocketOption<Boolean> option : SHARING) {
                    if (options.options().containsKey(option)) {
                        Options.set(holder, option, options.options().get(option));
                    }
                }
                return new InetReservation(options, holder.bind(target));
            } catch (IOException | RuntimeException e) {
                holder.close();
                throw e;
            }
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            throw Failures.of(what, e);
        }
    }

    @Override
    public Endpoint address() {
        return address;
    }

    @Override
    public ServerSocketChannel listen() throws TransportException {
        try {
            ServerSocketChannel channel = ServerSocketChannel.open(Addresses.family(bound));
            try {
                for (Map.Entry<SocketOption<?>, Object> option :
                        options.options().entrySet()) {
                    Options.set(channel, option.getKey(), option.getValue());
                }
                bind(channel);
                channel.configureBlocking(false);
                return channel;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException | IllegalArgumentException e) {
            throw Failures.of("cannot listen on " + address, e);
        } finally {
            release();
        }
    }

    private void bind(ServerSocketChannel channel) throws IOException {
        holder.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        try {
            channel.bind(bound, options.backlog());
        } catch (IOException e) {
            if (Errno.of(e) != Errno.EADDRINUSE) {
                throw e;
            }
            // Another listens here since; or this is a system that never lets two sockets bind to one address.
            holder.close();
            channel.bind(bound, options.backlog());
        }
        // The JDK sets it unasked on every server channel.
        boolean asked = Boolean.TRUE.equals(options.options().get(SocketOption.REUSE_ADDRESS));
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, asked);
    }

    @Override
    public void release() {
        try {
            holder.close();
        } catch (IOException e) {
            // close(2) gives the descriptor back whatever it answers.
        }
    }
}
