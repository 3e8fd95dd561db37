package dev.weir.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A number that only grows. Written by one thread, the owner; read by any. A reader may see it a moment late, never torn. */
public final class Counter {
    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Counter.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long value;

    /** Adds one. Owner only. */
    public void increment() {
        VALUE.setOpaque(this, value + 1);
    }

    /** Adds {@code amount}, which must not be negative. Owner only. */
    public void add(long amount) {
        VALUE.setOpaque(this, value + amount);
    }

    /** The count so far. Any thread. */
    public long value() {
        return (long) VALUE.getOpaque(this);
    }
}
