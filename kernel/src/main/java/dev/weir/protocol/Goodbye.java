package dev.weir.protocol;

import dev.weir.fault.CloseReason;
import java.util.Optional;

/**
 * A protocol's last word to a peer whose connection Weir is about to end: a policy's doing, or the operator's. It is sent after all
 * that was sent before, and is subject to the limits of the ending.
 *
 * @param <O> the class of messages it sends
 */
@FunctionalInterface
public interface Goodbye<O> {

    /**
     * The message for this reason, which is the engine's to release; empty when there is nothing to say. Called on the connection's
     * loop; for a connection that was refused, before any handler was made for it.
     */
    Optional<O> goodbye(CloseReason reason);
}
