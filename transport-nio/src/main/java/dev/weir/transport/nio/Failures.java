package dev.weir.transport.nio;

import dev.weir.fault.Errno;
import dev.weir.transport.TransportException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Turns what the JDK throws into a failure with an error number. */
final class Failures {
    private Failures() {}

    /**
     * Loads what an accept without a free descriptor goes through: to load a class the JVM may have to open a file, which it cannot
     * do then.
     */
    static void load() {
        of("cannot accept", new IOException(Errno.EMFILE.text()));
    }

    /** @param what what could not be done, and on what ("cannot bind 127.0.0.1:80") */
    static TransportException of(String what, Exception thrown) {
        if (thrown instanceof TransportException already) {
            return already;
        }
        Errno errno = errno(thrown);
        String said = thrown.getMessage() == null ? errno.text() : thrown.getMessage();
        TransportException failure = new TransportException(errno, what + ": " + said);
        failure.initCause(thrown);
        return failure;
    }

    private static Errno errno(Exception thrown) {
        return switch (thrown) {
            case ClosedChannelException closed -> Errno.EBADF;
            case NoSuchFileException missing -> Errno.ENOENT;
            case AccessDeniedException denied -> Errno.EACCES;
            case IOException io -> Errno.of(io);
            case UnresolvedAddressException unresolved -> Errno.EADDRNOTAVAIL;
            case UnsupportedAddressTypeException unsupported -> Errno.EAFNOSUPPORT;
            case UnsupportedOperationException unsupported -> Errno.EOPNOTSUPP;
            case IllegalArgumentException refused -> Errno.EINVAL;
            default -> Errno.OTHER;
        };
    }
}
