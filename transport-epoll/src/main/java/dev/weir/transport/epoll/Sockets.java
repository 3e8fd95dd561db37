package dev.weir.transport.epoll;

import dev.weir.transport.Endpoint;
import dev.weir.transport.TransportException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What listening sockets and connections have in common: making, naming and closing a descriptor. */
final class Sockets {
    /** struct linger { 1, 0 } (bits/socket.h): on, and no time. Never written, so any thread may point to it. */
    private static final MemorySegment LINGER_0 = Arena.global().allocateFrom(ValueLayout.JAVA_INT, 1, 0);

    private Sockets() {}

    /** Loads this class. */
    static void load() {
        // It was initialised before this method was entered.
    }

    /** A non-blocking stream socket that no child process inherits; a descriptor, or a negated error number. */
    static int open(CallMemory memory, int family) {
        return Libc.socket(memory.errno, family, Headers.SOCK_STREAM | Headers.SOCK_NONBLOCK | Headers.SOCK_CLOEXEC, 0);
    }

    /** getsockname(2): what the kernel has bound it to. */
    static Endpoint localAddress(CallMemory memory, int fd) {
        memory.addressLength.set(ValueLayout.JAVA_INT, 0, CallMemory.ADDRESS_BYTES);
        int result = Libc.getsockname(memory.errno, fd, memory.address.address(), memory.addressLength.address());
        return result < 0
                ? new Endpoint.Unknown()
                : SocketAddresses.read(memory.address, memory.addressLength.get(ValueLayout.JAVA_INT, 0));
    }

    /** SO_ERROR: takes the failure that the socket holds; 0 for none. Negated like every error number here. */
    static int takeError(CallMemory memory, int fd) {
        memory.addressLength.set(ValueLayout.JAVA_INT, 0, Integer.BYTES);
        int result = Libc.getsockopt(
                memory.errno,
                fd,
                Headers.SOL_SOCKET,
                Headers.SO_ERROR,
                memory.number.address(),
                memory.addressLength.address());
        return result < 0 ? result : -memory.number.get(ValueLayout.JAVA_INT, 0);
    }

    /** Lets close(2) reset the connection. One that is dead already cannot be reset, so a failure is none. */
    static void resetAtClose(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            Libc.setsockopt(
                    arena.allocate(Libc.ERRNO), fd, Headers.SOL_SOCKET, Headers.SO_LINGER, LINGER_0.address(), (int)
                            LINGER_0.byteSize());
        }
    }

    /** Closes a descriptor that is this transport's. One that is not open is a bug which would close a stranger's the next time. */
    static void close(int fd) {
        if (Libc.close(fd) < 0) {
            throw new IllegalStateException("descriptor " + fd + " is not open: it was closed twice, or by others");
        }
    }

    /** A failure at a known place, after closing the descriptor that is of no use now. */
    static TransportException closing(int fd, TransportException failure) {
        close(fd);
        return failure;
    }
}
