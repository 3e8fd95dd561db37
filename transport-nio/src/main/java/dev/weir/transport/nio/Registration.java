package dev.weir.transport.nio;

import dev.weir.transport.Readiness;
import java.nio.channels.SelectionKey;

/** A channel's place in a poller: its key, its token, and what was found ready and is not reported yet. Owned by the loop. */
final class Registration {
    private static final int READABLE_OPS = SelectionKey.OP_READ | SelectionKey.OP_ACCEPT;
    private static final int WRITABLE_OPS = SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT;

    private final long token;
    private final ResetWatch watch;
    private SelectionKey key;
    private int armed;
    private int ready;
    private boolean probed;
    private boolean failed;
    private boolean collected;

    /** The place in the watch's list; {@link ResetWatch} alone uses it. */
    int watchIndex = ResetWatch.NOT_WATCHED;

    Registration(long token, ResetWatch watch) {
        this.token = token;
        this.watch = watch;
    }

    void key(SelectionKey itsKey) {
        key = itsKey;
    }

    long token() {
        return token;
    }

    /**
     * Asks for operations.
     *
     * @param watchIfNone whether a reset is to be looked for while no operation is asked for
     */
    void arm(int operations, boolean watchIfNone) {
        armed = operations;
        if (!key.isValid()) {
            return; // The poller was closed before the socket.
        }
        key.interestOps(operations);
        if (operations == 0 && watchIfNone) {
            watch.add(this);
        } else {
            watch.remove(this);
        }
    }

    /** The channel is being closed: nothing more is reported. */
    void end() {
        watch.remove(this);
        key.cancel();
    }

    /** Arms an operation that a healthy connection never reports, so that an error or a hang-up is. */
    void probe() {
        probed = true;
        key.interestOps(SelectionKey.OP_CONNECT);
    }

    void endProbe() {
        probed = false;
        key.interestOps(0);
    }

    /** Notes what a select has found; true when it is to be queued for its report. */
    boolean found(int operations) {
        if (probed) {
            failed = true;
        } else {
            ready |= operations;
        }
        boolean first = !collected;
        collected = true;
        return first;
    }

    /** What is to be reported: what was found and is still asked for. */
    int take() {
        int operations = ready & armed;
        boolean dead = failed;
        ready = 0;
        failed = false;
        collected = false;
        if (!key.isValid()) {
            return 0;
        }
        return ((operations & READABLE_OPS) != 0 ? Readiness.READABLE : 0)
                | ((operations & WRITABLE_OPS) != 0 ? Readiness.WRITABLE : 0)
                | (dead ? Readiness.FAILED : 0);
    }
}
