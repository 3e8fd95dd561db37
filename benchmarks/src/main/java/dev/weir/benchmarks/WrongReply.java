package dev.weir.benchmarks;

import java.io.IOException;

/** A server did not answer as it must; a figure of such a run would mean nothing. */
final class WrongReply extends IOException {
    private static final long serialVersionUID = 1L;

    WrongReply(String message) {
        super(message);
    }
}
