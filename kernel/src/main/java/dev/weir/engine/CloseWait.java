package dev.weir.engine;

import dev.weir.time.Timer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time that a connection stays open though its peer has ended its half; the system calls it CLOSE_WAIT. It has no timer for that, so
 * a protocol that never closes keeps the descriptor for ever: after a while the log says who. Owned by the connection's loop.
 */
final class CloseWait {
    private static final Logger LOG = LoggerFactory.getLogger(CloseWait.class);

    private final SocketConnection connection;
    private final long sinceNanos;
    private Timer warning;

    /** Begins. Counted, until {@link #end}. */
    CloseWait(SocketConnection connection) {
        this.connection = connection;
        this.sinceNanos = connection.nanoTime();
        connection.metrics().halfClosed.add(1);
        connection.profile().closeWaitWarning().ifPresent(limit -> warnAfter(limit, 1));
    }

    long sinceNanos() {
        return sinceNanos;
    }

    /** The connection is being closed, or is over. */
    void end() {
        connection.metrics().halfClosed.add(-1);
        if (warning != null) {
            warning.cancel();
        }
    }

    /** Tells after so many times the limit, if no other of the loop was told of in the last; again and again. */
    private void warnAfter(Duration limit, long times) {
        // The product of doubles saturates.
        long nanos = (long) ((double) limit.toNanos() * times);
        warning = connection.loop().scheduleNanos(nanos, () -> {
            boolean may = connection.metrics().mayTellOfHalfClosed(connection.nanoTime(), limit.toNanos());
            if (may) {
                warn();
            }
            // Who was told of lets each of the others go first.
            warnAfter(limit, may ? connection.metrics().halfClosed.value() : 1);
        });
    }

    private void warn() {
        String phase = connection.protocolPhase();
        LOG.warn(
                "{} has been half-closed for {} ms: the peer has ended its half, and protocol {}{} does not close ({} held, {} bytes"
                        + " queued); half-closed like it on this loop: {}",
                connection,
                (connection.nanoTime() - sinceNanos) / 1_000_000,
                connection.protocolName(),
                phase.isEmpty() ? "" : " in phase " + phase,
                connection.holds(),
                connection.bytesQueued(),
                connection.metrics().halfClosed.value());
    }
}
