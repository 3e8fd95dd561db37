package dev.weir.fault;

import java.io.IOException;
import java.util.Locale;

/**
 * The error numbers of a system call that Weir tells apart. Numbers are those of Linux, the same on x86-64 and aarch64
 * (errno(3), asm-generic/errno.h).
 */
public enum Errno {
    EPERM(1, "operation not permitted"),
    ENOENT(2, "no such file or directory"),
    EINTR(4, "interrupted system call"),
    EIO(5, "input/output error"),
    EBADF(9, "bad file descriptor"),
    EAGAIN(11, "resource temporarily unavailable"),
    ENOMEM(12, "cannot allocate memory"),
    EACCES(13, "permission denied"),
    EEXIST(17, "file exists"),
    EINVAL(22, "invalid argument"),
    ENFILE(23, "too many open files in system"),
    EMFILE(24, "too many open files"),
    EPIPE(32, "broken pipe"),
    EPROTO(71, "protocol error"),
    ENOTSOCK(88, "not a socket"),
    ENOPROTOOPT(92, "protocol not available"),
    EOPNOTSUPP(95, "operation not supported"),
    EAFNOSUPPORT(97, "address family not supported"),
    EADDRINUSE(98, "address already in use"),
    EADDRNOTAVAIL(99, "cannot assign requested address"),
    ENETDOWN(100, "network is down"),
    ENETUNREACH(101, "network is unreachable"),
    ECONNABORTED(103, "software caused connection abort"),
    ECONNRESET(104, "connection reset"),
    ENOBUFS(105, "no buffer space available"),
    ENOTCONN(107, "transport endpoint is not connected"),
    ETIMEDOUT(110, "connection timed out"),
    ECONNREFUSED(111, "connection refused"),
    EHOSTDOWN(112, "host is down"),
    EHOSTUNREACH(113, "no route to host"),
    EINPROGRESS(115, "operation now in progress"),
    /** A number that Weir does not tell apart, or an error whose number the platform hides. */
    OTHER(0, "input/output error");

    private static final Errno[] VALUES = values();

    private final int number;
    private final String text;

    Errno(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /** The number that Linux gives it; 0 for {@link #OTHER}. */
    public int number() {
        return number;
    }

    /** What strerror(3) says of it, in lower case. */
    public String text() {
        return text;
    }

    /** True when the process or the host lacks a resource that accept(2) needs; waiting or freeing may mend it. */
    public boolean isExhaustion() {
        return this == EMFILE || this == ENFILE || this == ENOBUFS || this == ENOMEM;
    }

    /** True when the one connection that was to be accepted is lost and the next may be well (accept(2), "Error handling"). */
    public boolean isLostWhileAccepting() {
        return switch (this) {
            case ECONNABORTED, EINTR, EPROTO, ENETDOWN, EHOSTDOWN, EHOSTUNREACH, ENETUNREACH, EOPNOTSUPP -> true;
            default -> false;
        };
    }

    /** The constant for an error number, {@link #OTHER} where Weir does not tell it apart. */
    public static Errno of(int number) {
        for (Errno errno : VALUES) {
            if (errno.number == number) {
                return errno;
            }
        }
        return OTHER;
    }

    /**
     * The constant for an exception of the JDK, which hides the number and keeps the text of strerror(3). {@link #OTHER} where
     * the text says nothing known.
     */
    public static Errno of(IOException failure) {
        String message = failure.getMessage();
        if (message == null) {
            return OTHER;
        }
        String lower = message.toLowerCase(Locale.ROOT);
        for (Errno errno : VALUES) {
            if (errno != OTHER && errno != EIO && lower.contains(errno.text)) {
                return lower.contains(ENFILE.text) ? ENFILE : errno;
            }
        }
        return OTHER;
    }
}
