package dev.weir.transport.nio;

import dev.weir.time.Clock;
import java.io.IOException;
import java.util.Arrays;

/**
 * Finds resets of TCP connections that ask for nothing. A selector does not watch a key whose interest is empty, so such a
 * connection's end would stay unseen. About once a second each one's key asks for {@code OP_CONNECT} during one select that does
 * not wait: on a connected channel the JDK never reports that operation for itself, but reports every operation asked for when the
 * kernel says POLLERR or POLLHUP (poll(2)). So a healthy connection, with or without unread bytes, is not reported.
 *
 * <p>A connection whose output was shut down is not watched: the kernel says POLLHUP of it also when the peer ends in good order.
 *
 * <p>Owned by one loop.
 */
final class ResetWatch {
    static final int NOT_WATCHED = -1;
    static final long PERIOD_NANOS = 1_000_000_000L;

    /** Connections looked at in one turn, so that a turn stays short however many are watched. */
    static final int BATCH = 256;

    /** A select that gives this many may have been full, its array being 1024 long; then some that were asked for did not fit. */
    private static final int PERHAPS_FULL = 512;

    private static final int MOST_LOOKS = 8;

    /** One select that does not wait and answers how many keys it found. */
    interface Look {
        int look() throws IOException;
    }

    private final Clock clock;
    private final Look select;
    private Registration[] watched = new Registration[16];
    private int size;
    /** Where the present round goes on, downwards; 0 when none is under way. */
    private int cursor;

    private long due;

    ResetWatch(Clock clock, Look select) {
        this.clock = clock;
        this.select = select;
    }

    void add(Registration registration) {
        if (registration.watchIndex != NOT_WATCHED) {
            return;
        }
        if (size == 0) {
            due = clock.nanoTime() + PERIOD_NANOS;
        }
        if (size == watched.length) {
            watched = Arrays.copyOf(watched, size * 2);
        }
        registration.watchIndex = size;
        watched[size++] = registration;
    }

    void remove(Registration registration) {
        int index = registration.watchIndex;
        if (index == NOT_WATCHED) {
            return;
        }
        Registration last = watched[--size];
        watched[index] = last;
        last.watchIndex = index;
        watched[size] = null;
        registration.watchIndex = NOT_WATCHED;
    }

    /** How long a poll may wait, at most {@code timeoutNanos}. */
    long cap(long timeoutNanos) {
        if (size == 0) {
            return timeoutNanos;
        }
        return cursor > 0 ? 0 : Math.min(timeoutNanos, Math.max(0, due - clock.nanoTime()));
    }

    /** Looks at the next batch, if it is time. */
    void lookIfDue() throws IOException {
        if (size == 0) {
            cursor = 0;
            return;
        }
        if (cursor == 0) {
            long now = clock.nanoTime();
            if (now - due < 0) {
                return;
            }
            due = now + PERIOD_NANOS;
            cursor = size;
        }
        int end = Math.min(cursor, size);
        cursor = Math.max(0, end - BATCH);
        look(cursor, end);
    }

    private void look(int from, int end) throws IOException {
        for (int i = from; i < end; i++) {
            watched[i].probe();
        }
        try {
            int looks = 0;
            while (select.look() >= PERHAPS_FULL && ++looks < MOST_LOOKS) {
                // The next look continues where this one's array was full.
            }
        } finally {
            for (int i = from; i < end; i++) {
                watched[i].endProbe();
            }
        }
    }
}
