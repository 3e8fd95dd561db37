package dev.weir.transport.epoll;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The memory that one loop's calls need, allocated once. Given back when it is no longer reachable, so that a socket which outlives
 * its poller harms nothing. Used by one thread at a time.
 */
final class CallMemory {
    /** struct sockaddr_storage (bits/socket.h): the largest address. */
    static final int ADDRESS_BYTES = 128;
    /** Buffers of one gathering send; well below IOV_MAX, 1024 (sendmsg(2)). */
    static final int MOST_BUFFERS = 64;
    /** Room for bytes that do not lie in native memory, which have to be copied. */
    static final int COPY_BYTES = 64 * 1024;

    /** struct iovec and struct msghdr (bits/types/struct_iovec.h, bits/socket.h), on 64 bits. */
    static final int IOVEC_BYTES = 16;

    static final int IOVEC_LENGTH = 8;
    static final int MSGHDR_BYTES = 56;
    static final int MSGHDR_IOV = 16;
    static final int MSGHDR_IOVLEN = 24;

    /** Where a call leaves its error number. */
    final MemorySegment errno;
    /** One socket address, and the length that a call has read or written. */
    final MemorySegment address;

    final MemorySegment addressLength;
    /** An int, for options. */
    final MemorySegment number;
    /** The buffers of a gathering send, and the message that points to them. */
    final MemorySegment buffers;

    final MemorySegment message;
    final MemorySegment copies;

    CallMemory() {
        Arena arena = Arena.ofAuto();
        errno = arena.allocate(Libc.ERRNO);
        address = arena.allocate(ADDRESS_BYTES, Long.BYTES);
        addressLength = arena.allocate(ValueLayout.JAVA_INT);
        number = arena.allocate(ValueLayout.JAVA_INT);
        buffers = arena.allocate((long) MOST_BUFFERS * IOVEC_BYTES, Long.BYTES);
        message = arena.allocate(MSGHDR_BYTES, Long.BYTES);
        message.set(ValueLayout.JAVA_LONG, MSGHDR_IOV, buffers.address());
        copies = arena.allocate(COPY_BYTES);
    }
}
