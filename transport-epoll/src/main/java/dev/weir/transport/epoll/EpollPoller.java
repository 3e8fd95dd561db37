package dev.weir.transport.epoll;

import dev.weir.transport.Endpoint;
import dev.weir.transport.ListenOptions;
import dev.weir.transport.ListeningSocket;
import dev.weir.transport.Poller;
import dev.weir.transport.StreamSocket;
import dev.weir.transport.Token;
import dev.weir.transport.TransportException;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * The epoll descriptor of one event loop, and the sockets that are registered with it. Owned by that loop; only {@link #wake()} may be
 * called from elsewhere.
 *
 * <p>An event comes with a slot and a generation (a {@link Token} of the poller's own). A slot changes its generation each time it is
 * used anew, so an event for a socket that was closed meanwhile finds nobody, even where the next socket got its descriptor.
 */
final class EpollPoller implements Poller {
    /** Events a call: enough to share the cost of a wait among many, few enough that a turn stays short. */
    static final int MOST_EVENTS = 256;

    /** Comes with the wake-up's events; no slot is negative. */
    private static final long WAKE_UP = -1;

    private final Trigger trigger;
    private final CallMemory memory;
    private final PieceSender sender;
    private final EpollSet epoll;
    private final WakeUp wakeUp;
    private final ArrayDeque<EpollSocket> remembered = new ArrayDeque<>();
    private EpollSocket[] slots = new EpollSocket[64];
    private int[] freeSlots = new int[64];
    private int free;
    private int used;
    private int generation;
    private long modifications;
    private long events;
    private boolean closed;

    private EpollPoller(Trigger trigger, CallMemory memory, EpollSet epoll, WakeUp wakeUp) {
        this.trigger = trigger;
        this.memory = memory;
        this.sender = new PieceSender(memory);
        this.epoll = epoll;
        this.wakeUp = wakeUp;
    }

    static EpollPoller open(Trigger trigger) throws TransportException {
        CallMemory memory = new CallMemory();
        EpollSet epoll = EpollSet.open(memory.errno, MOST_EVENTS);
        try {
            WakeUp wakeUp = WakeUp.open(memory.errno);
            try {
                epoll.add(wakeUp.fd(), Headers.EPOLLIN | Headers.EPOLLET, WAKE_UP);
                EpollPoller poller = new EpollPoller(trigger, memory, epoll, wakeUp);
                poller.loadClasses();
                return poller;
            } catch (TransportException e) {
                wakeUp.close();
                throw e;
            }
        } catch (TransportException e) {
            epoll.close();
            throw e;
        }
    }

    /**
     * Loads what an accept and a connect go through that find no free descriptor: to load a class the JVM may have to open a file,
     * which it cannot do then.
     */
    private void loadClasses() {
        Failures.load();
        EpollStreamSocket.load();
    }

    /** The memory of this loop's calls. */
    CallMemory memory() {
        return memory;
    }

    /** Sends for all of this loop's connections. */
    PieceSender sender() {
        return sender;
    }

    @Override
    public ListeningSocket bind(Endpoint address, ListenOptions options) throws TransportException {
        return EpollListeningSocket.bind(this, address, options);
    }

    @Override
    public StreamSocket connect(Endpoint address, long token) throws TransportException {
        return EpollStreamSocket.connect(this, address, token);
    }

    @Override
    public void register(ListeningSocket socket, long token, int interest) throws TransportException {
        ((EpollListeningSocket) socket).register(token, interest);
    }

    @Override
    public void register(StreamSocket socket, long token, int interest) throws TransportException {
        ((EpollStreamSocket) socket).register(this, token, interest);
    }

    /** When its connections are reported. */
    Trigger trigger() {
        return trigger;
    }

    /** From now on the socket is reported. */
    void add(EpollSocket socket) throws TransportException {
        int slot = free > 0 ? freeSlots[--free] : used++;
        if (slot == slots.length) {
            slots = Arrays.copyOf(slots, 2 * slot);
        }
        socket.data(Token.of(slot, ++generation));
        slots[slot] = socket;
        try {
            epoll.add(socket.fd(), socket.mask(), socket.data());
        } catch (TransportException e) {
            remove(socket);
            throw e;
        }
    }

    /** What epoll is to tell of a socket has changed. */
    void modify(EpollSocket socket) throws TransportException {
        if (!closed) {
            modifications++;
            epoll.modify(socket.fd(), socket.mask(), socket.data());
        }
    }

    /** The socket is being closed, by which epoll forgets it. */
    void remove(EpollSocket socket) {
        int slot = Token.slot(socket.data());
        socket.forgetData();
        slots[slot] = null;
        if (free == freeSlots.length) {
            freeSlots = Arrays.copyOf(freeSlots, 2 * free);
        }
        freeSlots[free++] = slot;
    }

    /** The next poll reports what is remembered of a connection. */
    void reportRemembered(EpollSocket socket) {
        remembered.addLast(socket);
    }

    /** How often epoll_ctl(2) was called for a socket that was registered already. For tests. */
    long modifications() {
        return modifications;
    }

    /** How many events epoll has told, those included that were not worth a report. For tests. */
    long events() {
        return events;
    }

    WakeUp wakeUp() {
        return wakeUp;
    }

    @Override
    public int poll(long timeoutNanos, Events sink) throws TransportException {
        boolean mayWait = timeoutNanos > 0 && remembered.isEmpty() && wakeUp.beginWait();
        int found;
        try {
            found = epoll.await(mayWait ? timeoutNanos : 0);
        } finally {
            wakeUp.endWait();
        }
        events += found;
        return report(found, sink) + reportRemembered(sink);
    }

    private int reportRemembered(Events sink) {
        int reports = 0;
        // Those that this leads to come in the next poll.
        for (int left = Math.min(remembered.size(), MOST_EVENTS); left > 0; left--) {
            EpollSocket socket = remembered.pollFirst();
            int readiness = socket.takeRemembered();
            if (readiness != 0) {
                reports++;
                sink.ready(socket.token(), readiness);
            }
        }
        return reports;
    }

    private int report(int found, Events sink) {
        int reports = 0;
        for (int i = 0; i < found; i++) {
            EpollSocket socket = find(epoll.data(i));
            int readiness = socket == null ? 0 : socket.take(epoll.bits(i));
            if (readiness != 0) {
                reports++;
                sink.ready(socket.token(), readiness);
            }
        }
        return reports;
    }

    /** Who is meant by the data of an event; null when it was closed, and for the wake-up. */
    private EpollSocket find(long data) {
        int slot = Token.slot(data);
        EpollSocket socket = slot < 0 ? null : slots[slot];
        return socket != null && socket.data() == data ? socket : null;
    }

    @Override
    public void submit() {
        // epoll gathers nothing.
    }

    @Override
    public void wake() {
        wakeUp.wake();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            wakeUp.close();
            epoll.close();
        }
    }
}
