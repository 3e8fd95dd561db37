package dev.weir.config;

import dev.weir.settings.ByteSize;
import dev.weir.settings.Settings;
import dev.weir.transport.SocketOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Options of a server's sockets.
 *
 * @param backlog connections that may wait for accept (listen(2)); empty: as many as the system allows
 * @param listenOptions options of listening sockets, to be set before bind. The size of the receive buffer is among them: accepted
 *     sockets inherit it, and the window scale is settled before accept (tcp(7))
 * @param streamOptions options of accepted sockets
 */
public record SocketSettings(
        OptionalInt backlog, Map<SocketOption<?>, Object> listenOptions, Map<SocketOption<?>, Object> streamOptions) {
    private static final int MOST_BACKLOG = 1 << 20;
    private static final ByteSize LEAST_BUFFER = ByteSize.ofKiB(4);
    private static final ByteSize MOST_BUFFER = ByteSize.ofMiB(1024);

    /** Copies the maps. */
    public SocketSettings {
        listenOptions = Map.copyOf(listenOptions);
        streamOptions = Map.copyOf(streamOptions);
    }

    static SocketSettings read(Settings socket) {
        Map<SocketOption<?>, Object> listening = new HashMap<>();
        Map<SocketOption<?>, Object> streaming = new HashMap<>();
        OptionalInt backlog = socket.integerOrAuto("backlog", 1, MOST_BACKLOG);
        listening.put(SocketOption.REUSE_ADDRESS, socket.onOff(SocketOption.REUSE_ADDRESS.name()));
        buffer(socket, SocketOption.RECEIVE_BUFFER).ifPresent(size -> listening.put(SocketOption.RECEIVE_BUFFER, size));
        streaming.put(SocketOption.NO_DELAY, socket.onOff(SocketOption.NO_DELAY.name()));
        buffer(socket, SocketOption.SEND_BUFFER).ifPresent(size -> streaming.put(SocketOption.SEND_BUFFER, size));
        return new SocketSettings(backlog, listening, streaming);
    }

    private static Optional<Integer> buffer(Settings socket, SocketOption<Integer> option) {
        return socket.sizeOrAuto(option.name(), LEAST_BUFFER, MOST_BUFFER).map(ByteSize::toInt);
    }
}
