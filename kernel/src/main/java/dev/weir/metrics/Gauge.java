package dev.weir.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A number that goes up and down. Written by one thread, the owner; read by any. */
public final class Gauge {
    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Gauge.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long value;

    /** Sets the reading. Owner only. */
    public void set(long reading) {
        VALUE.setOpaque(this, reading);
    }

    /** Adds {@code amount}, which may be negative. Owner only. */
    public void add(long amount) {
        VALUE.setOpaque(this, value + amount);
    }

    /** The last reading. Any thread. */
    public long value() {
        return (long) VALUE.getOpaque(this);
    }
}
