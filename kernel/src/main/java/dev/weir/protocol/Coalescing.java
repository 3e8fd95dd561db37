package dev.weir.protocol;

import java.util.Optional;

/**
 * Which of a protocol's messages makes an older one worthless: of two with the same key that both still wait to be sent, only the
 * newer one need arrive.
 *
 * @param <O> the class of messages it gives
 */
@FunctionalInterface
public interface Coalescing<O> {

    /** What the message is the newest state of, comparable by equals; empty for one that must arrive. On the connection's loop. */
    Optional<Object> key(O message);
}
