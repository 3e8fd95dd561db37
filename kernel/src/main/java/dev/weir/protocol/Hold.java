package dev.weir.protocol;

/** A piece of work in flight on one connection. */
@FunctionalInterface
public interface Hold {
    /** The work is done. Any thread; more than once does nothing. */
    void release();
}
