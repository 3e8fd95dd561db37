package dev.weir.transport.epoll;

import dev.weir.transport.TransportException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** One epoll descriptor and the events that its last wait has found. Owned by one loop. */
final class EpollSet {
    private static final Machine MACHINE = Machine.current();
    private static final ValueLayout.OfLong DATA = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final MemorySegment errno;
    private final int capacity;
    private final MemorySegment events;
    private final MemorySegment change;
    private final MemorySegment timespec;
    private final int fd;
    /** For tests to take away. */
    boolean hasPwait2 = Libc.hasPwait2();

    private EpollSet(MemorySegment errno, int capacity, int fd) {
        this.errno = errno;
        this.capacity = capacity;
        this.fd = fd;
        Arena arena = Arena.ofAuto();
        events = arena.allocate((long) capacity * MACHINE.epollEventBytes(), Long.BYTES);
        change = arena.allocate(MACHINE.epollEventBytes(), Long.BYTES);
        timespec = arena.allocate(2L * Long.BYTES, Long.BYTES);
    }

    /**
     * Opens one.
     *
     * @param capacity the most events of a wait
     */
    static EpollSet open(MemorySegment errno, int capacity) throws TransportException {
        int fd = Libc.epoll_create1(errno, Headers.EPOLL_CLOEXEC);
        if (fd < 0) {
            throw Failures.of("cannot open ", "an epoll descriptor", fd);
        }
        return new EpollSet(errno, capacity, fd);
    }

    /** EPOLL_CTL_ADD: events of {@code member} come with {@code data} from now on. */
    void add(int member, int mask, long data) throws TransportException {
        control(Headers.EPOLL_CTL_ADD, member, mask, data);
    }

    /** EPOLL_CTL_MOD. */
    void modify(int member, int mask, long data) throws TransportException {
        control(Headers.EPOLL_CTL_MOD, member, mask, data);
    }

    private void control(int operation, int member, int mask, long data) throws TransportException {
        change.set(ValueLayout.JAVA_INT, 0, mask);
        change.set(DATA, MACHINE.epollDataOffset(), data);
        int result = Libc.epoll_ctl(errno, fd, operation, member, change.address());
        if (result < 0) {
            throw Failures.of("cannot register ", "a socket with epoll", result);
        }
    }

    /**
     * Waits for events.
     *
     * @param nanos 0 to look only, {@code Long.MAX_VALUE} to wait without limit
     * @return how many there are; 0 also when a signal came in between
     */
    int await(long nanos) throws TransportException {
        int found = hasPwait2 ? awaitNanos(nanos) : awaitMillis(millis(nanos));
        if (found >= 0) {
            return found;
        }
        if (found == -Headers.EINTR) {
            return 0;
        }
        throw Failures.of("cannot wait ", "for sockets", found);
    }

    private int awaitMillis(int millis) {
        return Libc.epoll_wait(errno, fd, events.address(), capacity, millis);
    }

    /** Without limit is 292 years here. Since Linux 5.11; an older kernel or a sandbox that does not know it yet refuses it. */
    private int awaitNanos(long nanos) {
        timespec.set(ValueLayout.JAVA_LONG, 0, nanos / NANOS_PER_SECOND);
        timespec.set(ValueLayout.JAVA_LONG, Long.BYTES, nanos % NANOS_PER_SECOND);
        int found = Libc.epoll_pwait2(errno, fd, events.address(), capacity, timespec.address(), 0);
        if (found != -Headers.ENOSYS && found != -Headers.EPERM) {
            return found;
        }
        hasPwait2 = false;
        return awaitMillis(millis(nanos));
    }

    /** Rounded up, since a wait that ends too early is begun again and again; -1 is without limit. */
    static int millis(long nanos) {
        if (nanos == Long.MAX_VALUE) {
            return -1;
        }
        long millis = nanos / NANOS_PER_MILLI + (nanos % NANOS_PER_MILLI > 0 ? 1 : 0);
        return Math.clamp(millis, 0, Integer.MAX_VALUE);
    }

    /** The bits of a found event. */
    int bits(int index) {
        return events.get(ValueLayout.JAVA_INT_UNALIGNED, (long) index * MACHINE.epollEventBytes());
    }

    /** The data of a found event. */
    long data(int index) {
        return events.get(DATA, (long) index * MACHINE.epollEventBytes() + MACHINE.epollDataOffset());
    }

    void close() {
        Sockets.close(fd);
    }
}
