package dev.weir.fault;

import java.util.Optional;

/**
 * An error, sorted once by its origin. A peer's fault closes its connection and is worth a debug line; the environment's closes
 * or backs off with one warning a burst; a bug closes the connection that ran into it and is logged with its stack.
 */
public sealed interface Fault {

    /** What happened, in one sentence for a log line. */
    String what();

    /** The other end did it: a malformed frame, a reset, silence. */
    record Peer(String what) implements Fault {}

    /** The machine or the network did it. {@code cure} says how to mend it. */
    record Environment(String what, Optional<Errno> errno, String cure) implements Fault {}

    /** Weir or a plugin did it. */
    record Bug(String what, Throwable thrown) implements Fault {}
}
