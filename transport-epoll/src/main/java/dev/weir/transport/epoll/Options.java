package dev.weir.transport.epoll;

import dev.weir.fault.Errno;
import dev.weir.transport.SocketOption;
import dev.weir.transport.TransportException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Weir's socket options in the words of setsockopt(2). Options may be set before a connection belongs to a loop, so each call has
 * memory of its own.
 */
final class Options {
    /**
     * An option's place in the kernel.
     *
     * @param unit what a duration is counted in; null for other types
     */
    private record Place(int level, int name, Duration unit) {
        static Place socket(int name) {
            return new Place(Headers.SOL_SOCKET, name, null);
        }

        static Place tcp(int name) {
            return new Place(Headers.IPPROTO_TCP, name, null);
        }

        Place in(Duration itsUnit) {
            return new Place(level, name, itsUnit);
        }
    }

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration MICROSECOND = Duration.ofNanos(1000);

    /** For listening sockets alone: they are about accepting. */
    private static final Map<SocketOption<?>, Place> LISTENING = Map.of(
            SocketOption.REUSE_ADDRESS, Place.socket(Headers.SO_REUSEADDR),
            SocketOption.REUSE_PORT, Place.socket(Headers.SO_REUSEPORT),
            SocketOption.DEFER_ACCEPT, Place.tcp(Headers.TCP_DEFER_ACCEPT).in(SECOND),
            SocketOption.FAST_OPEN, Place.tcp(Headers.TCP_FASTOPEN));

    /** For both. */
    private static final Map<SocketOption<?>, Place> SHARED = Map.ofEntries(
            Map.entry(SocketOption.NO_DELAY, Place.tcp(Headers.TCP_NODELAY)),
            Map.entry(SocketOption.RECEIVE_BUFFER, Place.socket(Headers.SO_RCVBUF)),
            Map.entry(SocketOption.SEND_BUFFER, Place.socket(Headers.SO_SNDBUF)),
            Map.entry(SocketOption.KEEP_ALIVE, Place.socket(Headers.SO_KEEPALIVE)),
            Map.entry(
                    SocketOption.KEEP_ALIVE_IDLE,
                    Place.tcp(Headers.TCP_KEEPIDLE).in(SECOND)),
            Map.entry(
                    SocketOption.KEEP_ALIVE_INTERVAL,
                    Place.tcp(Headers.TCP_KEEPINTVL).in(SECOND)),
            Map.entry(SocketOption.KEEP_ALIVE_COUNT, Place.tcp(Headers.TCP_KEEPCNT)),
            Map.entry(
                    SocketOption.USER_TIMEOUT,
                    Place.tcp(Headers.TCP_USER_TIMEOUT).in(MILLISECOND)),
            Map.entry(SocketOption.NOT_SENT_LOW_WATER, Place.tcp(Headers.TCP_NOTSENT_LOWAT)),
            Map.entry(SocketOption.QUICK_ACK, Place.tcp(Headers.TCP_QUICKACK)),
            Map.entry(SocketOption.BUSY_POLL, Place.socket(Headers.SO_BUSY_POLL).in(MICROSECOND)));

    /** What a connection takes. Those about the address are read back from it, and change nothing any more. */
    static final Set<SocketOption<?>> OF_STREAMS = with(SHARED, SocketOption.REUSE_ADDRESS, SocketOption.REUSE_PORT);

    static final Set<SocketOption<?>> OF_LISTENERS =
            with(SHARED, LISTENING.keySet().toArray(SocketOption<?>[]::new));

    /**
     * What an accepted socket has from its listener: Linux makes it by copying that (sk_clone). Not TCP_QUICKACK, which does not last,
     * and not the sizes of buffers, by which a listener's own work would change.
     */
    static final Set<SocketOption<?>> INHERITED = Set.of(
            SocketOption.NO_DELAY,
            SocketOption.KEEP_ALIVE,
            SocketOption.KEEP_ALIVE_IDLE,
            SocketOption.KEEP_ALIVE_INTERVAL,
            SocketOption.KEEP_ALIVE_COUNT,
            SocketOption.USER_TIMEOUT,
            SocketOption.NOT_SENT_LOW_WATER);

    private Options() {}

    private static Set<SocketOption<?>> with(Map<SocketOption<?>, Place> some, SocketOption<?>... more) {
        Set<SocketOption<?>> all = new HashSet<>(some.keySet());
        all.addAll(Set.of(more));
        return Set.copyOf(all);
    }

    /**
     * Sets an option.
     *
     * @param errno where the call leaves its error number
     * @param number room for an int, by which the value is passed
     * @param tcp false for a Unix domain socket, on which an option of TCP does nothing
     */
    static void set(
            MemorySegment errno, MemorySegment number, int fd, boolean tcp, SocketOption<?> option, Object value)
            throws TransportException {
        Place place = place(option);
        int wanted = number(place, option, option.type().cast(value));
        if (!tcp && (place.level() == Headers.IPPROTO_TCP || place.name() == Headers.SO_REUSEPORT)) {
            return;
        }
        number.set(ValueLayout.JAVA_INT, 0, wanted);
        int result = Libc.setsockopt(errno, fd, place.level(), place.name(), number.address(), Integer.BYTES);
        if (result < 0) {
            throw Failures.of(cannotSet(option, value), "", result);
        }
    }

    private static String cannotSet(SocketOption<?> option, Object value) {
        return "cannot set socket option " + option + " to " + value;
    }

    static <T> T get(int fd, SocketOption<T> option) throws TransportException {
        String what = "cannot read socket option " + option;
        Place place = place(option);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(ValueLayout.JAVA_INT);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, Integer.BYTES);
            int result = Libc.getsockopt(
                    arena.allocate(Libc.ERRNO), fd, place.level(), place.name(), memory.address(), length.address());
            if (result < 0) {
                throw Failures.of(what, "", result);
            }
            return option.type().cast(value(place, option.type(), memory.get(ValueLayout.JAVA_INT, 0)));
        }
    }

    private static Object value(Place place, Class<?> type, int number) {
        if (type == Duration.class) {
            return place.unit().multipliedBy(number);
        }
        return type == Boolean.class ? (Object) (number != 0) : number;
    }

    private static int number(Place place, SocketOption<?> option, Object value) throws TransportException {
        return switch (value) {
            case Boolean on -> on ? 1 : 0;
            case Duration duration -> number(place.unit(), option, duration);
            case Integer number when number >= 0 -> number;
            default -> throw new TransportException(Errno.EINVAL, cannotSet(option, value) + ": it is a number from 0");
        };
    }

    private static int number(Duration unit, SocketOption<?> option, Duration duration) throws TransportException {
        long count = duration.isNegative() ? 0 : duration.dividedBy(unit);
        if (count < 1 || count > Integer.MAX_VALUE || !unit.multipliedBy(count).equals(duration)) {
            String units = unit == SECOND ? "seconds" : unit == MILLISECOND ? "milliseconds" : "microseconds";
            throw new TransportException(
                    Errno.EINVAL, cannotSet(option, duration) + ": it is kept in whole " + units + ", from 1");
        }
        return (int) count;
    }

    private static Place place(SocketOption<?> option) throws TransportException {
        Place place = SHARED.containsKey(option) ? SHARED.get(option) : LISTENING.get(option);
        if (place == null) {
            throw new TransportException(
                    Errno.ENOPROTOOPT, "the epoll transport does not know socket option " + option);
        }
        return place;
    }
}
