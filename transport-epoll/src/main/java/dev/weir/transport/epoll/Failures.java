package dev.weir.transport.epoll;

import dev.weir.fault.Errno;
import dev.weir.transport.TransportException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Turns a negated error number into a failure. */
final class Failures {
    private Failures() {}

    /** Loads what making a failure goes through. */
    static void load() {
        of("cannot accept on ", "nothing", -Errno.EMFILE.number());
        of("cannot accept on ", "nothing", -Headers.EINTR);
    }

    /**
     * @param what what could not be done ("cannot bind ")
     * @param where on what
     * @param result what the call answered, a negated error number
     */
    static TransportException of(String what, Object where, long result) {
        int number = (int) -result;
        Errno errno = Errno.of(number);
        String said = errno == Errno.OTHER ? "error " + number + " (errno(3))" : errno.text();
        return new TransportException(errno, what + where + ": " + said);
    }

    /** A failure of the JDK, about a socket's file. */
    static TransportException of(String what, Object where, IOException thrown) {
        if (thrown instanceof TransportException already) {
            return already;
        }
        Errno errno = switch (thrown) {
            case NoSuchFileException missing -> Errno.ENOENT;
            case AccessDeniedException denied -> Errno.EACCES;
            default -> Errno.of(thrown);
        };
        TransportException failure = new TransportException(errno, what + where + ": " + thrown.getMessage());
        failure.initCause(thrown);
        return failure;
    }
}
