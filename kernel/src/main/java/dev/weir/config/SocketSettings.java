package dev.weir.config;

import dev.weir.settings.ByteSize;
import dev.weir.settings.Settings;
import dev.weir.transport.SocketOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Options of a server's sockets.
 *
 * @param backlog connections that may wait for accept (listen(2)); empty: as many as the system allows
 * @param listenOptions options of listening sockets, to be set before bind. The size of the receive buffer is among them: accepted
 *     sockets inherit it, and the window scale is settled before accept (tcp(7))
 * @param streamOptions options of accepted sockets
 * @param unixFile what becomes of the files of Unix domain sockets
 * @param keys where a fault of an option is told, by the option's name
 */
public record SocketSettings(
        OptionalInt backlog,
        Map<SocketOption<?>, Object> listenOptions,
        Map<SocketOption<?>, Object> streamOptions,
        UnixFileSettings unixFile,
        Settings keys) {
    private static final int MOST_BACKLOG = 1 << 20;
    /** More than any of these times is good for. */
    private static final Duration MOST_TIME = Duration.ofSeconds(32_767);

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final ByteSize LEAST_BUFFER = ByteSize.ofKiB(4);
    private static final ByteSize MOST_BUFFER = ByteSize.ofMiB(1024);

    /** Copies the maps. */
    public SocketSettings {
        listenOptions = Map.copyOf(listenOptions);
        streamOptions = Map.copyOf(streamOptions);
    }

    static SocketSettings read(Settings socket) {
        Map<SocketOption<?>, Object> listening = new HashMap<>();
        listening.put(SocketOption.REUSE_ADDRESS, socket.onOff(SocketOption.REUSE_ADDRESS.name()));
        ifOn(socket, SocketOption.REUSE_PORT, listening);
        size(socket, SocketOption.RECEIVE_BUFFER, LEAST_BUFFER, listening);
        time(socket, SocketOption.DEFER_ACCEPT, SECOND, listening);
        number(socket, SocketOption.FAST_OPEN, MOST_BACKLOG, listening);

        Map<SocketOption<?>, Object> streaming = new HashMap<>();
        streaming.put(SocketOption.NO_DELAY, socket.onOff(SocketOption.NO_DELAY.name()));
        size(socket, SocketOption.SEND_BUFFER, LEAST_BUFFER, streaming);
        size(socket, SocketOption.NOT_SENT_LOW_WATER, ByteSize.ofKiB(1), streaming);
        time(socket, SocketOption.BUSY_POLL, Duration.ofNanos(1000), streaming);
        ifOn(socket, SocketOption.QUICK_ACK, streaming);
        refuseLinger(socket);
        OptionalInt backlog = socket.integerOrAuto("backlog", 1, MOST_BACKLOG);
        return new SocketSettings(backlog, listening, streaming, UnixFileSettings.read(socket), socket);
    }

    /** Whether each loop has a listening socket of its own for an address. */
    public boolean reusePort() {
        return listenOptions.containsKey(SocketOption.REUSE_PORT);
    }

    /** Whoever looks for it is to find out why there is none. */
    private static void refuseLinger(Settings socket) {
        if (!socket.string("linger").equals("off")) {
            socket.fault(
                    "linger",
                    "is never set: with a time, close(2) blocks the event loop, and all of its connections, until a stuck peer has"
                            + " acknowledged what was sent; it does so on non-blocking sockets, too.",
                    "Set lifecycle.close = graceful, which waits without blocking, or lifecycle.close = reset for what linger 0"
                            + " does.");
        }
    }

    private static void ifOn(Settings socket, SocketOption<Boolean> option, Map<SocketOption<?>, Object> options) {
        if (socket.onOff(option.name())) {
            options.put(option, true);
        }
    }

    private static void size(
            Settings socket, SocketOption<Integer> option, ByteSize least, Map<SocketOption<?>, Object> options) {
        socket.sizeOrAuto(option.name(), least, MOST_BUFFER).ifPresent(size -> options.put(option, size.toInt()));
    }

    private static void number(
            Settings socket, SocketOption<Integer> option, int most, Map<SocketOption<?>, Object> options) {
        socket.integerOrOff(option.name(), 1, most).ifPresent(number -> options.put(option, number));
    }

    /** @param grain what the kernel keeps it in whole numbers of */
    private static void time(
            Settings socket, SocketOption<Duration> option, Duration grain, Map<SocketOption<?>, Object> options) {
        socket.durationOrOff(option.name(), grain, MOST_TIME).ifPresent(time -> {
            options.put(option, time);
            if (time.toNanos() % grain.toNanos() != 0) {
                String unit = grain.toMillis() == 0 ? "1us" : grain.toMillis() + "ms";
                socket.fault(
                        option.name(), "is not a multiple of " + unit + ", in which the system keeps it.", "Round it.");
            }
        });
    }
}
