package dev.weir.engine;

import dev.weir.fault.CloseReason;
import dev.weir.metrics.Gauge;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The connections of one loop, in the order of their opening. A list through the connections themselves. Owned by the loop. */
public final class LoopConnections {
    private final Gauge open = new Gauge();
    private final AtomicLong given = new AtomicLong();
    private final LentInput lent = new LentInput();
    private SocketConnection first;
    private SocketConnection last;
    private Runnable onEmpty;

    /** How many there are. Any thread. */
    public long open() {
        return open.value();
    }

    /** Those that were given to the loop and have not ended, also while they are on their way to it. Any thread. */
    long given() {
        return given.get();
    }

    /** An acceptor gives the loop a connection. Any thread. */
    void give() {
        given.incrementAndGet();
    }

    /** A connection that was given has ended. Any thread. */
    void taken() {
        given.decrementAndGet();
    }

    /** The input from which a message is lent on this loop at the moment. On the loop. */
    LentInput lent() {
        return lent;
    }

    /** The one that was opened first; null when there is none. On the loop. */
    SocketConnection first() {
        return first;
    }

    void add(SocketConnection connection) {
        connection.previous = last;
        if (last == null) {
            first = connection;
        } else {
            last.next = connection;
        }
        last = connection;
        open.add(1);
    }

    void remove(SocketConnection connection) {
        if (connection.previous == null) {
            first = connection.next;
        } else {
            connection.previous.next = connection.next;
        }
        if (connection.next == null) {
            last = connection.previous;
        } else {
            connection.next.previous = connection.previous;
        }
        connection.previous = null;
        connection.next = null;
        open.add(-1);
        if (first == null && onEmpty != null) {
            Runnable told = onEmpty;
            onEmpty = null;
            told.run();
        }
    }

    /** Calls this once, when there is no connection left: at once if there is none now. On the loop. */
    public void onceEmpty(Runnable told) {
        if (first == null) {
            told.run();
        } else {
            onEmpty = told;
        }
    }

    /** Lets each connection finish what is in flight and end for this reason. On the loop. */
    public void drain(CloseReason reason) {
        now().forEach(connection -> connection.closing().drain(reason));
    }

    /** Ends each connection at once. On the loop. */
    public void force(CloseReason reason) {
        now().forEach(connection -> connection.closing().force(reason));
    }

    /** Connections with work in flight: held, or with bytes queued. On the loop. */
    public long inFlight() {
        return now().stream()
                .filter(connection -> connection.holds() > 0 || connection.bytesQueued() > 0)
                .count();
    }

    /** Those that there are now; acting on them may change the list. */
    private List<SocketConnection> now() {
        List<SocketConnection> all = new ArrayList<>();
        for (SocketConnection connection = first; connection != null; connection = connection.next) {
            all.add(connection);
        }
        return all;
    }
}
