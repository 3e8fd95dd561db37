package dev.weir.loop;

/** Work that was cut off by its budget, to go on in the next turn. */
@FunctionalInterface
public interface Continuation {

    /** Goes on. On the loop. */
    void proceed();
}
