package dev.weir.engine;

import dev.weir.connection.Connection;
import dev.weir.connection.ConnectionState;

/**
 * What a drain still waits for.
 *
 * @param connections all that are left
 * @param held those with work in flight
 * @param unsent those of the others with bytes that wait to be sent
 * @param bytesUnsent these bytes, of all
 * @param lingering those of the others that wait for the peer's end
 */
public record Unfinished(long connections, long held, long unsent, long bytesUnsent, long lingering) {
    static final Unfinished NOTHING = new Unfinished(0, 0, 0, 0, 0);

    static Unfinished of(Connection connection) {
        long bytes = connection.bytesQueued();
        boolean held = connection.isAtWork() && !connection.state().isClosing();
        boolean unsent = !held && bytes > 0;
        boolean lingering = connection.state() == ConnectionState.LINGERING;
        return new Unfinished(1, held ? 1 : 0, unsent ? 1 : 0, bytes, lingering ? 1 : 0);
    }

    /** Both together. */
    public Unfinished plus(Unfinished other) {
        return new Unfinished(
                connections + other.connections,
                held + other.held,
                unsent + other.unsent,
                bytesUnsent + other.bytesUnsent,
                lingering + other.lingering);
    }

    @Override
    public String toString() {
        return connections + " connections: " + held + " with work in flight, " + unsent + " with replies to send, "
                + lingering + " waiting for the peer's end; " + bytesUnsent + " bytes unsent";
    }
}
