package dev.weir.transport.nio;

import dev.weir.fault.Errno;
import dev.weir.transport.SocketOption;
import dev.weir.transport.TransportException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.time.Duration;
import java.util.Map;
import jdk.net.ExtendedSocketOptions;

/** Weir's socket options in the words of the JDK. */
final class Options {
    /** The JDK's name of each option that it may have; which ones it has on this machine is {@link Platform}'s matter. */
    static final Map<SocketOption<?>, java.net.SocketOption<?>> NAMES = Map.of(
            SocketOption.REUSE_ADDRESS, StandardSocketOptions.SO_REUSEADDR,
            SocketOption.REUSE_PORT, StandardSocketOptions.SO_REUSEPORT,
            SocketOption.NO_DELAY, StandardSocketOptions.TCP_NODELAY,
            SocketOption.RECEIVE_BUFFER, StandardSocketOptions.SO_RCVBUF,
            SocketOption.SEND_BUFFER, StandardSocketOptions.SO_SNDBUF,
            SocketOption.KEEP_ALIVE, StandardSocketOptions.SO_KEEPALIVE,
            SocketOption.KEEP_ALIVE_IDLE, ExtendedSocketOptions.TCP_KEEPIDLE,
            SocketOption.KEEP_ALIVE_INTERVAL, ExtendedSocketOptions.TCP_KEEPINTERVAL,
            SocketOption.KEEP_ALIVE_COUNT, ExtendedSocketOptions.TCP_KEEPCOUNT);

    private Options() {}

    static void set(NetworkChannel channel, SocketOption<?> option, Object value) throws TransportException {
        String what = "cannot set socket option " + option + " to " + value;
        try {
            channel.setOption(name(option, what), inJdkTerms(option.type().cast(value), what));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            throw Failures.of(what, e);
        }
    }

    /** Sets an option of a Unix domain socket; does nothing for one that is TCP's alone. */
    static void setOnUnix(NetworkChannel channel, SocketOption<?> option, Object value) throws TransportException {
        java.net.SocketOption<?> name = NAMES.get(option);
        if (name == null || channel.supportedOptions().contains(name)) {
            set(channel, option, value);
        }
    }

    static <T> T get(NetworkChannel channel, SocketOption<T> option) throws TransportException {
        String what = "cannot read socket option " + option;
        try {
            Object value = channel.getOption(name(option, what));
            return option.type()
                    .cast(option.type() == Duration.class ? Duration.ofSeconds(((Integer) value).longValue()) : value);
        } catch (IOException | UnsupportedOperationException e) {
            throw Failures.of(what, e);
        }
    }

    /** Durations become whole seconds, as the kernel has them (tcp(7)). */
    private static Object inJdkTerms(Object value, String what) throws TransportException {
        if (!(value instanceof Duration duration)) {
            return value;
        }
        long seconds = duration.toSeconds();
        if (!duration.equals(Duration.ofSeconds(seconds)) || seconds < 1 || seconds > Integer.MAX_VALUE) {
            throw new TransportException(Errno.EINVAL, what + ": it is kept in whole seconds, from 1");
        }
        return (int) seconds;
    }

    @SuppressWarnings("unchecked") // The two options of a pair have the same type, or it is converted.
    private static java.net.SocketOption<Object> name(SocketOption<?> option, String what) throws TransportException {
        java.net.SocketOption<?> name = NAMES.get(option);
        if (name == null) {
            throw new TransportException(Errno.ENOPROTOOPT, what + ": the nio transport does not know it");
        }
        return (java.net.SocketOption<Object>) name;
    }
}
