package dev.weir.transport.nio;

import dev.weir.transport.Capabilities;
import dev.weir.transport.SocketOption;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.Set;

/** What the JDK can do on this machine. */
final class Platform {
    /** Whether the host has IPv6, so that {@code ::} can be bound. */
    static final boolean HAS_IPV6 = can(StandardProtocolFamily.INET6);

    private Platform() {}

    static Capabilities capabilities() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open();
                SocketChannel stream = SocketChannel.open()) {
            return new Capabilities(
                    known(server), known(stream), Set.of(), can(StandardProtocolFamily.UNIX), false, false);
        }
    }

    private static Set<SocketOption<?>> known(NetworkChannel channel) {
        Set<SocketOption<?>> options = new HashSet<>();
        Options.NAMES.forEach((option, name) -> {
            if (channel.supportedOptions().contains(name)) {
                options.add(option);
            }
        });
        return options;
    }

    private static boolean can(ProtocolFamily family) {
        try (SocketChannel channel = SocketChannel.open(family)) {
            return channel.isOpen();
        } catch (UnsupportedOperationException e) {
            return false;
        } catch (IOException e) {
            // It knows the family; what is missing now is told by whoever opens the next socket.
            return true;
        }
    }
}
