package dev.weir.transport.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
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
 * be so. They are made by syscall(2): the C library's own functions are cancellation points (pthreads(7)), and in a process with
 * threads they change the thread's cancel state before and after each call, of which nobody here has any use.
 *
 * <p>All others are made with six words of 64 bits, those that the function does not have being 0. For each signature the JVM
 * generates classes of its own, which for these twenty took 150 ms of every start. The machines that this transport knows pass integers
 * and pointers in a register each, where a function reads as many bits as its parameter has and leaves the registers of parameters that
 * it has not (System V ABI for x86-64, AAPCS64). An int comes back in the lower half.
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

    /** What every call looks like but syscall: see above. */
    private static final FunctionDescriptor SIX_WORDS =
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    private static final MethodHandle EPOLL_CREATE1 = plain("epoll_create1");
    private static final MethodHandle EPOLL_CTL = plain("epoll_ctl");
    private static final MethodHandle EPOLL_WAIT = plain("epoll_wait");
    private static final MethodHandle EVENTFD = plain("eventfd");
    private static final MethodHandle SOCKET = plain("socket");
    private static final MethodHandle BIND = plain("bind");
    private static final MethodHandle LISTEN = plain("listen");
    private static final MethodHandle CONNECT = plain("connect");
    private static final MethodHandle ACCEPT4 = plain("accept4");
    private static final MethodHandle GETSOCKNAME = plain("getsockname");
    private static final MethodHandle GETPEERNAME = plain("getpeername");
    private static final MethodHandle SETSOCKOPT = plain("setsockopt");
    private static final MethodHandle GETSOCKOPT = plain("getsockopt");
    private static final MethodHandle SHUTDOWN = plain("shutdown");
    /** The number of a system call and its six arguments, each a word. */
    private static final MethodHandle SYSCALL = LINKER.downcallHandle(
            symbol("syscall"),
            FunctionDescriptor.of(
                    JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            CAPTURE,
            CRITICAL);

    private static final long RECVFROM = Machine.current().recvfrom();
    private static final long SENDTO = Machine.current().sendto();
    private static final MethodHandle SENDMSG = plain("sendmsg");
    private static final MethodHandle SENDFILE = plain("sendfile");
    private static final MethodHandle WRITE = plain("write");
    /** Without its third argument, which is only for files that it makes. */
    private static final MethodHandle OPEN = plain("open");

    private static final MethodHandle CLOSE = plain("close");
    /** Where close leaves its error number, on any thread, for nobody to read. */
    private static final MemorySegment UNREAD = Arena.global().allocate(ERRNO);
    /** Since glibc 2.35; null where it is missing. */
    private static final MethodHandle EPOLL_PWAIT2 =
            LINKER.defaultLookup().find("epoll_pwait2").isPresent() ? plain("epoll_pwait2") : null;

    private Libc() {}

    /** Links everything now. */
    static void load() {
        // The class was initialised before this method was entered.
    }

    /** Whether the C library has epoll_pwait2. The kernel may lack it all the same (ENOSYS). */
    static boolean hasPwait2() {
        return EPOLL_PWAIT2 != null;
    }

    private static MethodHandle plain(String name) {
        return LINKER.downcallHandle(symbol(name), SIX_WORDS, CAPTURE);
    }

    private static MemorySegment symbol(String name) {
        return LINKER.defaultLookup()
                .find(name)
                .orElseThrow(() -> new NoSuchElementException("the C library has no " + name));
    }

    private static int orErrno(MemorySegment errno, int result) {
        return (int) orErrno(errno, (long) result);
    }

    /**
     * The result, or a negated error number. Without a branch, since the compiler leaves out what it has never seen, and throws its
     * code away when it comes.
     */
    private static long orErrno(MemorySegment errno, long result) {
        long failed = result >> (Long.SIZE - 1);
        // All calls fail with -1.
        return result - (failed & (errno.get(JAVA_INT, ERRNO_OFFSET) - 1));
    }

    /** A downcall declares what no downcall throws. */
    private static AssertionError unexpected(Throwable thrown) {
        return new AssertionError("a native call threw", thrown);
    }

    /** epoll_create1(2). */
    static int epoll_create1(MemorySegment errno, int flags) {
        try {
            return orErrno(errno, (int) (long) EPOLL_CREATE1.invokeExact(errno, (long) flags, 0L, 0L, 0L, 0L, 0L));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** epoll_ctl(2). */
    static int epoll_ctl(MemorySegment errno, int epfd, int op, int fd, long event) {
        try {
            return orErrno(
                    errno, (int) (long) EPOLL_CTL.invokeExact(errno, (long) epfd, (long) op, (long) fd, event, 0L, 0L));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** epoll_wait(2): {@code timeout} in milliseconds, -1 without limit. */
    static int epoll_wait(MemorySegment errno, int epfd, long events, int maxevents, int timeout) {
        try {
            return orErrno(errno, (int) (long)
                    EPOLL_WAIT.invokeExact(errno, (long) epfd, events, (long) maxevents, (long) timeout, 0L, 0L));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** epoll_pwait2(2): {@code timeout} is the address of a timespec. Only where {@link #hasPwait2()}. */
    static int epoll_pwait2(MemorySegment errno, int epfd, long events, int maxevents, long timeout, long sigmask) {
        try {
            return orErrno(errno, (int) (long)
                    EPOLL_PWAIT2.invokeExact(errno, (long) epfd, events, (long) maxevents, timeout, sigmask, 0L));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** eventfd(2). */
    static int eventfd(MemorySegment errno, int initval, int flags) {
        try {
            return orErrno(
                    errno, (int) (long) EVENTFD.invokeExact(errno, (long) initval, (long) flags, 0L, 0L, 0L, 0L));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** socket(2). */
    static int socket(MemorySegment errno, int domain, int type, int protocol) {
        try {
            return orErrno(errno, (int)
                    (long) SOCKET.invokeExact(errno, (long) domain, (long) type, (long) protocol, 0L, 0L, 0L));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** bind(2). */
    static int bind(MemorySegment errno, int fd, long addr, int addrlen) {
        try {
            return orErrno(errno, (int) (long) BIND.invokeExact(errno, (long) fd, addr, (long) addrlen, 0L, 0L, 0L));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** listen(2). */
    static int listen(MemorySegment errno, int fd, int backlog) {
        try {
            return orErrno(errno, (int) (long) LISTEN.invokeExact(errno, (long) fd, (long) backlog, 0L, 0L, 0L, 0L));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** connect(2). */
    static int connect(MemorySegment errno, int fd, long addr, int addrlen) {
        try {
            return orErrno(errno, (int) (long) CONNECT.invokeExact(errno, (long) fd, addr, (long) addrlen, 0L, 0L, 0L));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** accept4(2). */
    static int accept4(MemorySegment errno, int fd, long addr, long addrlen, int flags) {
        try {
            return orErrno(
                    errno, (int) (long) ACCEPT4.invokeExact(errno, (long) fd, addr, addrlen, (long) flags, 0L, 0L));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** getsockname(2). */
    static int getsockname(MemorySegment errno, int fd, long addr, long addrlen) {
        try {
            return orErrno(errno, (int) (long) GETSOCKNAME.invokeExact(errno, (long) fd, addr, addrlen, 0L, 0L, 0L));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** getpeername(2). */
    static int getpeername(MemorySegment errno, int fd, long addr, long addrlen) {
        try {
            return orErrno(errno, (int) (long) GETPEERNAME.invokeExact(errno, (long) fd, addr, addrlen, 0L, 0L, 0L));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** setsockopt(2). */
    static int setsockopt(MemorySegment errno, int fd, int level, int name, long value, int length) {
        try {
            return orErrno(errno, (int) (long)
                    SETSOCKOPT.invokeExact(errno, (long) fd, (long) level, (long) name, value, (long) length, 0L));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** getsockopt(2). */
    static int getsockopt(MemorySegment errno, int fd, int level, int name, long value, long length) {
        try {
            return orErrno(errno, (int)
                    (long) GETSOCKOPT.invokeExact(errno, (long) fd, (long) level, (long) name, value, length, 0L));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** shutdown(2). */
    static int shutdown(MemorySegment errno, int fd, int how) {
        try {
            return orErrno(errno, (int) (long) SHUTDOWN.invokeExact(errno, (long) fd, (long) how, 0L, 0L, 0L, 0L));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** recv(2) on a non-blocking socket. */
    static long recv(MemorySegment errno, int fd, long buf, long len, int flags) {
        try {
            return orErrno(
                    errno, (long) SYSCALL.invokeExact(errno, RECVFROM, (long) fd, buf, len, (long) flags, 0L, 0L));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** send(2) on a non-blocking socket. */
    static long send(MemorySegment errno, int fd, long buf, long len, int flags) {
        try {
            return orErrno(errno, (long) SYSCALL.invokeExact(errno, SENDTO, (long) fd, buf, len, (long) flags, 0L, 0L));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** sendmsg(2). */
    static long sendmsg(MemorySegment errno, int fd, long msg, int flags) {
        try {
            return orErrno(errno, (long) SENDMSG.invokeExact(errno, (long) fd, msg, (long) flags, 0L, 0L, 0L));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** sendfile(2). */
    static long sendfile(MemorySegment errno, int outFd, int inFd, long offset, long count) {
        try {
            return orErrno(errno, (long) SENDFILE.invokeExact(errno, (long) outFd, (long) inFd, offset, count, 0L, 0L));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** open(2) of a file that exists. */
    static int open(MemorySegment errno, long path, int flags) {
        try {
            return orErrno(errno, (int) (long) OPEN.invokeExact(errno, path, (long) flags, 0L, 0L, 0L, 0L));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** write(2). */
    static long write(MemorySegment errno, int fd, long buf, long count) {
        try {
            return orErrno(errno, (long) WRITE.invokeExact(errno, (long) fd, buf, count, 0L, 0L, 0L));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** close(2): 0, or -1, which for a socket means that it was not open. The descriptor is given back whatever it answers. */
    static int close(int fd) {
        try {
            return (int) (long) CLOSE.invokeExact(UNREAD, (long) fd, 0L, 0L, 0L, 0L, 0L);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }
}
