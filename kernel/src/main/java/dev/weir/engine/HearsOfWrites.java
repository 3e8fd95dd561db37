package dev.weir.engine;

import dev.weir.protocol.Handler;

/**
 * Which classes of handlers hear that everything has been sent: those with an {@code onWriteComplete} of their own. Most have none, and
 * are not called after each reply.
 */
final class HearsOfWrites extends ClassValue<Boolean> {
    private static final HearsOfWrites OF = new HearsOfWrites();

    private HearsOfWrites() {}

    /** Whether this one does. Any thread. */
    static boolean of(Handler<?> handler) {
        return OF.get(handler.getClass());
    }

    @Override
    protected Boolean computeValue(Class<?> type) {
        try {
            return type.getMethod("onWriteComplete").getDeclaringClass() != Handler.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " is no handler", e);
        }
    }
}
