package dev.weir.engine;

import dev.weir.fault.CloseReason;
import dev.weir.metrics.Gauge;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The connections of one loop, in the order of their opening. A list through the connections themselves. Owned by the loop. */
public final class LoopConnections {
    private static final Comparator<SocketConnection> LEAST_QUEUED_FIRST =
            Comparator.comparingLong(connection -> connection.writing().memory());

    private final Gauge open = new Gauge();
    private final AtomicLong given = new AtomicLong();
    private final LentInput lent = new LentInput();
    private final Decoding decoding = new Decoding(lent);
    private final WriteQueues spareQueues = new WriteQueues(lent);
    private final QueuedBytes queued = new QueuedBytes();
    private final List<Waiter> waiters = new ArrayList<>();
    /** Why those end that open from now on, by their servers' numbers. */
    private final Map<ServerMetrics, CloseReason> draining = new HashMap<>();

    private final int index;
    /** The first and the last connection are its neighbours, and it is its own while there is none. */
    private final Member ends = new Ends();

    /** A member of the list. */
    abstract static sealed class Member permits SocketConnection, Ends {
        private Member previous = this;
        private Member next = this;

        /** The connection itself; null for the list's ends. */
        abstract SocketConnection connection();

        /** A member becomes the one before this. */
        private void append(Member last) {
            last.previous = previous;
            last.next = this;
            previous.next = last;
            previous = last;
        }

        private void unlink() {
            previous.next = next;
            next.previous = previous;
            // Who goes on from one that has left fails at once.
            previous = null;
            next = null;
        }
    }

    private static final class Ends extends Member {
        @Override
        SocketConnection connection() {
            return null;
        }
    }

    /**
     * Who waits until servers have no connection here any more.
     *
     * @param servers by their numbers
     * @param told when there is none
     */
    private record Waiter(Collection<ServerMetrics> servers, Runnable told) {}

    /** @param index the loop's */
    LoopConnections(int index) {
        this.index = index;
    }

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

    /** Turns what its connections receive into messages, one connection at a time. On the loop. */
    Decoding decoding() {
        return decoding;
    }

    /** The write queues that are nobody's. On the loop. */
    WriteQueues spareQueues() {
        return spareQueues;
    }

    /** The loop has ended: gives back what was kept to be used again. On the loop, the last call. */
    void release() {
        spareQueues.release();
    }

    /** The one that was opened first; null when there is none. On the loop. */
    SocketConnection first() {
        return ends.next.connection();
    }

    /** The one that was opened next after this one; null when there is none. On the loop. */
    static SocketConnection after(SocketConnection connection) {
        return ((Member) connection).next.connection();
    }

    /** What the write queues hold. On the loop. */
    QueuedBytes queued() {
        return queued;
    }

    /** Those with the most memory in their write queues, the largest first; none whose queue holds nothing. On the loop. */
    List<SocketConnection> withMostQueued(int most) {
        PriorityQueue<SocketConnection> largest = new PriorityQueue<>(LEAST_QUEUED_FIRST);
        for (SocketConnection connection = first(); connection != null; connection = after(connection)) {
            if (connection.writing().memory() > 0) {
                largest.add(connection);
                if (largest.size() > most) {
                    largest.remove();
                }
            }
        }
        return largest.stream().sorted(LEAST_QUEUED_FIRST.reversed()).toList();
    }

    void add(SocketConnection connection) {
        connection.metrics().present++;
        ends.append(connection);
        open.add(1);
    }

    void remove(SocketConnection connection) {
        ((Member) connection).unlink();
        open.add(-1);
        connection.metrics().present--;
        if (!waiters.isEmpty() && connection.metrics().present == 0) {
            tellWaiters();
        }
    }

    private void tellWaiters() {
        List<Waiter> done =
                waiters.stream().filter(waiter -> isEmptyOf(waiter.servers)).toList();
        waiters.removeAll(done);
        done.forEach(waiter -> waiter.told.run());
    }

    private boolean isEmptyOf(Collection<ServerMetrics> servers) {
        return of(servers).allMatch(here -> here.present == 0);
    }

    private Stream<ServerMetrics.PerLoop> of(Collection<ServerMetrics> servers) {
        return servers.stream().map(server -> server.loop(index));
    }

    /** Calls this once, when these servers have no connection left here: at once if they have none now. On the loop. */
    public void onceNone(Collection<ServerMetrics> servers, Runnable told) {
        if (isEmptyOf(servers)) {
            told.run();
        } else {
            waiters.add(new Waiter(List.copyOf(servers), told));
        }
    }

    /**
     * Lets connections of these servers finish what is in flight and end for this reason: those on which nothing is first. On the loop.
     *
     * @param most how many, of those that have not been told yet
     */
    public void drain(Collection<ServerMetrics> servers, CloseReason reason, long most) {
        long left = most;
        for (boolean idle : new boolean[] {true, false}) {
            for (SocketConnection connection : now()) {
                if (left > 0 && isUndrained(connection, servers) && (!idle || connection.isIdle())) {
                    connection.closing().drain(reason);
                    left--;
                }
            }
        }
    }

    /** From now on lets connections of these servers finish as soon as they have opened, and end for this reason. On the loop. */
    public void drainNewcomers(Collection<ServerMetrics> servers, CloseReason reason) {
        servers.forEach(server -> draining.put(server, reason));
    }

    /** A connection has opened. */
    void opened(SocketConnection connection) {
        CloseReason reason = draining.get(connection.profile().metrics());
        if (reason != null) {
            connection.closing().drain(reason);
        }
    }

    /** Connections of these servers that have not been told to finish. On the loop. */
    public long undrained(Collection<ServerMetrics> servers) {
        return now().stream()
                .filter(connection -> isUndrained(connection, servers))
                .count();
    }

    private static boolean isUndrained(SocketConnection connection, Collection<ServerMetrics> servers) {
        return servers.contains(connection.profile().metrics()) && !connection.isDraining();
    }

    /** Ends each connection of these servers at once. On the loop. */
    public void force(Collection<ServerMetrics> servers, CloseReason reason) {
        for (SocketConnection connection : now()) {
            if (servers.contains(connection.profile().metrics())) {
                connection.closing().force(reason);
            }
        }
    }

    /** What is still to be done on connections of these servers. On the loop. */
    public Unfinished unfinished(Collection<ServerMetrics> servers) {
        Unfinished sum = Unfinished.NOTHING;
        for (SocketConnection connection : now()) {
            if (servers.contains(connection.profile().metrics())) {
                sum = sum.plus(Unfinished.of(connection));
            }
        }
        return sum;
    }

    /** Those that there are now; acting on them may change the list. */
    private List<SocketConnection> now() {
        List<SocketConnection> all = new ArrayList<>();
        for (SocketConnection connection = first(); connection != null; connection = after(connection)) {
            all.add(connection);
        }
        return all;
    }
}
