package dev.weir.benchmarks;

import java.util.List;

/** A server that takes part in the comparison: a command line, and by what it prints a port. */
interface Candidate {
    /** How options and tables call it. */
    String name();

    /**
     * The command that serves a wire on a free port of 127.0.0.1, in the foreground and with one thread for its connections. It prints
     * a line that ends with {@code 127.0.0.1:PORT} as soon as it accepts connections, stays the process that it was started as, and
     * ends on SIGTERM.
     */
    List<String> command(Wire wire);
}
