package dev.weir.server;

import java.util.List;

/** Addresses could not be bound or listened on. Nothing is left open. The message has one address a line. */
public final class BindException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> failures;

    /** @param failures each says which server, which address, why and what to do */
    BindException(List<String> failures) {
        super(String.join(System.lineSeparator(), failures));
        this.failures = List.copyOf(failures);
    }

    /** Each says which server, which address, why and what to do. */
    public List<String> failures() {
        return failures;
    }
}
