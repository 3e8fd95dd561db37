package dev.weir.engine;

import dev.weir.connection.EndedConnection;
import dev.weir.connection.RecentEndings;
import dev.weir.fault.CloseReason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The last connections that ended, of all loops: a ring that every loop writes without a lock, and any thread reads. */
public final class Endings implements RecentEndings {
    /** An entry with its number in the order of endings, by which a reader notices that its place was taken by a later one. */
    private record Numbered(long number, EndedConnection connection) {}

    private final InstantSource instants;
    private final AtomicReferenceArray<Numbered> ring;
    private final AtomicLong next = new AtomicLong();

    /**
     * An empty ring.
     *
     * @param kept how many endings it keeps, 0 or more
     * @param instants tells the time of day
     */
    public Endings(int kept, InstantSource instants) {
        this.ring = new AtomicReferenceArray<>(kept);
        this.instants = instants;
    }

    /** Notes an ending. On the connection's loop. */
    void add(SocketConnection connection, CloseReason reason) {
        if (ring.length() == 0) {
            return;
        }
        var ended = new EndedConnection(
                connection.id(),
                connection.server(),
                connection.remoteAddress(),
                connection.identity(),
                connection.protocolPhase(),
                instants.instant(),
                Duration.ofNanos(connection.nanoTime() - connection.openedNanos()),
                connection.bytesReceived(),
                connection.bytesSent(),
                reason);
        long number = next.getAndIncrement();
        ring.setRelease(place(number), new Numbered(number, ended));
    }

    /** The last endings, the latest first. One that is being written at the moment may be missing. Any thread. */
    @Override
    public List<EndedConnection> recent() {
        List<EndedConnection> latestFirst = new ArrayList<>();
        long end = next.get();
        for (long number = end - 1; number >= Math.max(0, end - ring.length()); number--) {
            Numbered entry = ring.getAcquire(place(number));
            if (entry != null && entry.number() == number) {
                latestFirst.add(entry.connection());
            }
        }
        return List.copyOf(latestFirst);
    }

    private int place(long number) {
        return (int) (number % ring.length());
    }
}
