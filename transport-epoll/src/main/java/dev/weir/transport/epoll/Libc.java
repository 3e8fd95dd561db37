package dev.weir.transport.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.util.NoSuchElementException;

/**
 * The calls of the C library that this transport makes, by their C names. Each answers what C's does, but a failure as the negated
 * error number (errno(3)), never as -1. Pointers are addresses.
 *
 * <p>The first argument is where the call leaves its error number: a segment of {@link #ERRNO}, for one thread at a time.
 *
 * <p>recv and send, which are made for every event and never wait on a non-blocking socket, are "critical": the JVM makes them
 * without leaving its own state, and no garbage collection can begin meanwhile. A call that may wait, or that moves much, must not
 * be so.
 *
 * <p>Loading this class links everything; it fails with a LinkageError where a symbol is missing or native access is denied.
 */
@SuppressWarnings({"restricted", "MemberName"}) // Names are C's.
final class Libc {
    /** Where a call leaves its error number. */
    static final StructLayout ERRNO = Linker.Option.captureStateLayout();

    private static final long ERRNO_OFFSET = ERRNO.byteOffset(MemoryLayout.PathElement.groupElement("errno"));
    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option CAPTURE = Linker.Option.captureCallState("errno");
    private static final Linker.Option CRITICAL = Linker.Option.critical(false);

    private static final MethodHandle EPOLL_CREATE1 = plain("epoll_create1", JAVA_INT, JAVA_INT);
    private static final MethodHandle EPOLL_CTL = plain("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle EPOLL_WAIT =
            plain("epoll_wait", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);
    private static final MethodHandle EVENTFD = plain("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle SOCKET = plain("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = plain("bind", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle LISTEN = plain("listen", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle CONNECT = plain("connect", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle ACCEPT4 = plain("accept4", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle GETSOCKNAME = plain("getsockname", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle GETPEERNAME = plain("getpeername", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SETSOCKOPT =
            plain("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle GETSOCKOPT =
            plain("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SHUTDOWN = plain("shutdown", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle RECV = critical("recv", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SEND = critical("send", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SENDMSG = plain("sendmsg", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SENDFILE = plain("sendfile", JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle WRITE = plain("write", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);
    /** Without its third argument, which is only for files that it makes. */
    private static final MethodHandle OPEN = LINKER.downcallHandle(
            symbol("open"),
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT),
            CAPTURE,
            Linker.Option.firstVariadicArg(2));

    private static final MethodHandle CLOSE =
            LINKER.downcallHandle(symbol("close"), FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    /** Since glibc 2.35; null where it is missing. */
    private static final MethodHandle EPOLL_PWAIT2 =
            LINKER.defaultLookup().find("epoll_pwait2").isPresent()
                    ? plain("epoll_pwait2", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG)
                    : null;

    private Libc() {}

    /** Links everything now. */
    static void load() {
        // The class was initialised before this method was entered.
    }

    /** Whether the C library has epoll_pwait2. The kernel may lack it all the same (ENOSYS). */
    static boolean hasPwait2() {
        return EPOLL_PWAIT2 != null;
    }

    private static MethodHandle plain(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(symbol(name), FunctionDescriptor.of(result, arguments), CAPTURE);
    }

    private static MethodHandle critical(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(symbol(name), FunctionDescriptor.of(result, arguments), CAPTURE, CRITICAL);
    }

    private static MemorySegment symbol(String name) {
        return LINKER.defaultLookup()
                .find(name)
                .orElseThrow(() -> new NoSuchElementException("the C library has no " + name));
    }

    private static int orErrno(MemorySegment errno, int result) {
        return result < 0 ? -errno.get(JAVA_INT, ERRNO_OFFSET) : result;
    }

    private static long orErrno(MemorySegment errno, long result) {
        return result < 0 ? -errno.get(JAVA_INT, ERRNO_OFFSET) : result;
    }

    /** A downcall declares what no downcall throws. */
    private static AssertionError unexpected(Throwable thrown) {
        return new AssertionError("a native call threw", thrown);
    }

    /** epoll_create1(2). */
    static int epoll_create1(MemorySegment errno, int flags) {
        try {
            return orErrno(errno, (int) EPOLL_CREATE1.invokeExact(errno, flags));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** epoll_ctl(2). */
    static int epoll_ctl(MemorySegment errno, int epfd, int op, int fd, long event) {
        try {
            return orErrno(errno, (int) EPOLL_CTL.invokeExact(errno, epfd, op, fd, event));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** epoll_wait(2): {@code timeout} in milliseconds, -1 without limit. */
    static int epoll_wait(MemorySegment errno, int epfd, long events, int maxevents, int timeout) {
        try {
            return orErrno(errno, (int) EPOLL_WAIT.invokeExact(errno, epfd, events, maxevents, timeout));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** epoll_pwait2(2): {@code timeout} is the address of a timespec. Only where {@link #hasPwait2()}. */
    static int epoll_pwait2(MemorySegment errno, int epfd, long events, int maxevents, long timeout, long sigmask) {
        try {
            return orErrno(errno, (int) EPOLL_PWAIT2.invokeExact(errno, epfd, events, maxevents, timeout, sigmask));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** eventfd(2). */
    static int eventfd(MemorySegment errno, int initval, int flags) {
        try {
            return orErrno(errno, (int) EVENTFD.invokeExact(errno, initval, flags));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** socket(2). */
    static int socket(MemorySegment errno, int domain, int type, int protocol) {
        try {
            return orErrno(errno, (int) SOCKET.invokeExact(errno, domain, type, protocol));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** bind(2). */
    static int bind(MemorySegment errno, int fd, long addr, int addrlen) {
        try {
            return orErrno(errno, (int) BIND.invokeExact(errno, fd, addr, addrlen));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** listen(2). */
    static int listen(MemorySegment errno, int fd, int backlog) {
        try {
            return orErrno(errno, (int) LISTEN.invokeExact(errno, fd, backlog));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** connect(2). */
    static int connect(MemorySegment errno, int fd, long addr, int addrlen) {
        try {
            return orErrno(errno, (int) CONNECT.invokeExact(errno, fd, addr, addrlen));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** accept4(2). */
    static int accept4(MemorySegment errno, int fd, long addr, long addrlen, int flags) {
        try {
            return orErrno(errno, (int) ACCEPT4.invokeExact(errno, fd, addr, addrlen, flags));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** getsockname(2). */
    static int getsockname(MemorySegment errno, int fd, long addr, long addrlen) {
        try {
            return orErrno(errno, (int) GETSOCKNAME.invokeExact(errno, fd, addr, addrlen));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** getpeername(2). */
    static int getpeername(MemorySegment errno, int fd, long addr, long addrlen) {
        try {
            return orErrno(errno, (int) GETPEERNAME.invokeExact(errno, fd, addr, addrlen));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** setsockopt(2). */
    static int setsockopt(MemorySegment errno, int fd, int level, int name, long value, int length) {
        try {
            return orErrno(errno, (int) SETSOCKOPT.invokeExact(errno, fd, level, name, value, length));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** getsockopt(2). */
    static int getsockopt(MemorySegment errno, int fd, int level, int name, long value, long length) {
        try {
            return orErrno(errno, (int) GETSOCKOPT.invokeExact(errno, fd, level, name, value, length));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** shutdown(2). */
    static int shutdown(MemorySegment errno, int fd, int how) {
        try {
            return orErrno(errno, (int) SHUTDOWN.invokeExact(errno, fd, how));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** recv(2) on a non-blocking socket. */
    static long recv(MemorySegment errno, int fd, long buf, long len, int flags) {
        try {
            return orErrno(errno, (long) RECV.invokeExact(errno, fd, buf, len, flags));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** send(2) on a non-blocking socket. */
    static long send(MemorySegment errno, int fd, long buf, long len, int flags) {
        try {
            return orErrno(errno, (long) SEND.invokeExact(errno, fd, buf, len, flags));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** sendmsg(2). */
    static long sendmsg(MemorySegment errno, int fd, long msg, int flags) {
        try {
            return orErrno(errno, (long) SENDMSG.invokeExact(errno, fd, msg, flags));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** sendfile(2). */
    static long sendfile(MemorySegment errno, int outFd, int inFd, long offset, long count) {
        try {
            return orErrno(errno, (long) SENDFILE.invokeExact(errno, outFd, inFd, offset, count));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** open(2) of a file that exists. */
    static int open(MemorySegment errno, long path, int flags) {
        try {
            return orErrno(errno, (int) OPEN.invokeExact(errno, path, flags));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** write(2). */
    static long write(MemorySegment errno, int fd, long buf, long count) {
        try {
            return orErrno(errno, (long) WRITE.invokeExact(errno, fd, buf, count));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** close(2): 0, or -1, which for a socket means that it was not open. The descriptor is given back whatever it answers. */
    static int close(int fd) {
        try {
            return (int) CLOSE.invokeExact(fd);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }
}
