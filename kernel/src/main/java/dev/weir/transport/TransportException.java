package dev.weir.transport;

import dev.weir.fault.Errno;
import java.io.IOException;

/**
 * A system call failed. Carries no stack: it is made often, on peers' whims, and its place says nothing that the error number does
 * not.
 */
public final class TransportException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Errno errno;

    /**
     * @param errno the call's error
     * @param message what was tried, on what, and what the system said ("cannot bind 127.0.0.1:80: permission denied"); it is shown to
     *     people as it stands
     */
    public TransportException(Errno errno, String message) {
        super(message);
        this.errno = errno;
    }

    /** The failure that a JDK call reported. */
    public static TransportException of(IOException failure) {
        TransportException translated = failure instanceof TransportException already
                ? already
                : new TransportException(Errno.of(failure), String.valueOf(failure.getMessage()));
        if (translated != failure) {
            translated.initCause(failure);
        }
        return translated;
    }

    /** The call's error; {@link Errno#OTHER} where it is not known. */
    public Errno errno() {
        return errno;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
