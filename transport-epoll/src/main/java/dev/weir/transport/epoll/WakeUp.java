package dev.weir.transport.epoll;

import dev.weir.transport.TransportException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends a poller's wait, by an eventfd(2). The descriptor is written only while the poller waits. It is edge-triggered, so nobody has
 * to read it: each write is an event of its own.
 */
final class WakeUp {
    private static final int RUNNING = 0;
    private static final int WAITING = 1;
    private static final int WOKEN = 2;

    private final int fd;
    private final AtomicInteger state = new AtomicInteger(RUNNING);
    private final MemorySegment errno;
    private final MemorySegment one;
    private boolean closed;
    private long writes;

    private WakeUp(int fd) {
        this.fd = fd;
        Arena arena = Arena.ofAuto();
        this.errno = arena.allocate(Libc.ERRNO);
        this.one = arena.allocateFrom(ValueLayout.JAVA_LONG, 1);
    }

    static WakeUp open(MemorySegment errno) throws TransportException {
        int fd = Libc.eventfd(errno, 0, Headers.EFD_CLOEXEC | Headers.EFD_NONBLOCK);
        if (fd < 0) {
            throw Failures.of("cannot open ", "an eventfd", fd);
        }
        return new WakeUp(fd);
    }

    int fd() {
        return fd;
    }

    /** The poller is about to wait; false when it was woken since it last did. */
    boolean beginWait() {
        return state.compareAndSet(RUNNING, WAITING);
    }

    /** The poller has looked for events. Who wakes it from now on means the next wait. */
    void endWait() {
        state.getAndSet(RUNNING);
    }

    /** Any thread. */
    void wake() {
        if (state.getAndSet(WOKEN) == WAITING) {
            write();
        }
    }

    /** Locked, so that nobody writes to a descriptor that was closed and is a stranger's now. */
    private synchronized void write() {
        if (!closed) {
            writes++;
            long written = Libc.write(errno, fd, one.address(), Long.BYTES);
            if (written < 0 && written != -Headers.EAGAIN) {
                // At EAGAIN the counter is full, and the poller has an event already.
                throw new IllegalStateException(Failures.of("cannot write to ", "an eventfd", written));
            }
        }
    }

    synchronized void close() {
        if (!closed) {
            closed = true;
            Sockets.close(fd);
        }
    }

    /** How often the descriptor was written. For tests. */
    synchronized long writes() {
        return writes;
    }
}
