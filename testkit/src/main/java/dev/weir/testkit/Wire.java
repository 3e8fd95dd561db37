package dev.weir.testkit;

import dev.weir.fault.Errno;
import dev.weir.transport.Endpoint;
import dev.weir.transport.Interest;
import dev.weir.transport.ListenOptions;
import dev.weir.transport.ListeningSocket;
import dev.weir.transport.Poller;
import dev.weir.transport.Readiness;
import dev.weir.transport.StreamSocket;
import dev.weir.transport.Token;
import dev.weir.transport.Transport;
import dev.weir.transport.TransportException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One poller driven by hand, with both ends of every connection on it. Remembers what was reported under each token. Its clock is
 * not the machine's: each turn moves it on by ten milliseconds. One thread.
 */
public final class Wire implements AutoCloseable {
    /** What the clock moves on by in each turn. */
    public static final long NANOS_PER_TURN = 10_000_000;

    private static final long GIVE_UP_NANOS = 20_000_000_000L;

    private final Poller poller;
    private final Map<Long, Integer> reported = new HashMap<>();
    private final List<Runnable> closings = new ArrayList<>();
    private long now = 1;
    private int slots;
    private Poller.Events also = new Silent();

    /** Opens a poller; {@link #close()} gives back all that is opened through this wire. */
    public Wire(Transport transport) throws TransportException {
        this.poller = transport.openPoller(() -> now);
    }

    /** Hears everything and does nothing. */
    public static class Silent implements Poller.Events {
        @Override
        public void ready(long token, int readiness) {}

        @Override
        public void sent(long token, long bytes) {}
    }

    /** A call that may fail. */
    public interface Call {
        void run() throws TransportException;
    }

    /** A question whose answer may fail. */
    public interface Condition {
        boolean holds() throws TransportException;
    }

    /** Two ends of one connection. */
    public record Pair(End client, End server) {}

    /** The poller, for what a wire does not do itself. */
    public Poller poller() {
        return poller;
    }

    /** A token that was not used on this wire before. */
    public long newToken() {
        return Token.of(slots++, 1);
    }

    /** From now on reports are shown to {@code listener} as well, while they are made. */
    public void onReport(Poller.Events listener) {
        also = listener;
    }

    /** All bits reported under a token since they were last taken. */
    public int reported(long token) {
        return reported.getOrDefault(token, 0);
    }

    /** Whether all of these bits were reported under a token since they were last taken. */
    public boolean wasReported(long token, int bits) {
        return (reported(token) & bits) == bits;
    }

    /** Takes the bits reported under a token. */
    public int take(long token) {
        Integer bits = reported.remove(token);
        return bits == null ? 0 : bits;
    }

    /** One turn: a poll that waits at most {@code nanos}, and the hand-over at the turn's end. */
    public int turn(long nanos) throws TransportException {
        now += NANOS_PER_TURN;
        int[] made = {0};
        int told = poller.poll(nanos, new Poller.Events() {
            @Override
            public void ready(long token, int readiness) {
                made[0]++;
                reported.merge(token, readiness, (a, b) -> a | b);
                also.ready(token, readiness);
            }

            @Override
            public void sent(long token, long bytes) {
                made[0]++;
                also.sent(token, bytes);
            }
        });
        poller.submit();
        if (told != made[0]) {
            throw new AssertionError("poll says that it made " + told + " reports; it made " + made[0]);
        }
        return told;
    }

    /** Turns that do not wait. */
    public void turns(int count) throws TransportException {
        for (int i = 0; i < count; i++) {
            turn(0);
        }
    }

    /** Turns until a condition holds; fails with {@code what} when it does not come about. */
    public void until(String what, Condition condition) throws TransportException {
        long start = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - start > GIVE_UP_NANOS) {
                throw new AssertionError("it did not come about that " + what + "; reported: " + reported);
            }
            turn(1_000_000);
        }
    }

    /** Turns until all of these bits were reported under a token. */
    public void untilReported(long token, int bits) throws TransportException {
        until("token " + token + " is reported with bits " + bits, () -> wasReported(token, bits));
    }

    /** A port of the kernel's choice on the loopback address. */
    public static Endpoint loopback() {
        return new Endpoint.Inet(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** A backlog of 128 and no options. */
    public static ListenOptions plain() {
        return new ListenOptions(128, Map.of());
    }

    /** A bound socket that does not listen yet; closed with the wire. */
    public ListeningSocket bind(Endpoint address, ListenOptions options) throws TransportException {
        ListeningSocket bound = poller.bind(address, options);
        closings.add(bound::close);
        return bound;
    }

    /** A listener that is not registered; closed with the wire. */
    public ListeningSocket listen(Endpoint address) throws TransportException {
        ListeningSocket listener = bind(address, plain());
        listener.listen();
        return listener;
    }

    /** Two connected ends whose interest is empty. */
    public Pair connect() throws TransportException {
        try (ListeningSocket listener = listen(loopback())) {
            return connect(listener);
        }
    }

    /** Two connected ends, through a listener that is not registered. */
    public Pair connect(ListeningSocket listener) throws TransportException {
        End client = startConnect(listener.localAddress());
        finishConnect(client);
        return new Pair(client, accept(listener));
    }

    /** A connect on its way; {@link #finishConnect} waits for it. */
    public End startConnect(Endpoint address) throws TransportException {
        long token = newToken();
        StreamSocket socket = poller.connect(address, token);
        closings.add(socket::close);
        return new End(this, token, socket);
    }

    /** Waits for the outcome of a connect, and asks for it as a loop has to. */
    public void finishConnect(End client) throws TransportException {
        until(
                "the outcome of a connect is reported",
                () -> (reported(client.token()) & (Readiness.WRITABLE | Readiness.FAILED)) != 0);
        take(client.token());
        if (!client.socket().finishConnect()) {
            throw new AssertionError("the outcome was reported, and finishConnect does not know it");
        }
    }

    /** Accepts and registers a connection that is on its way. */
    public End accept(ListeningSocket listener) throws TransportException {
        StreamSocket[] accepted = {null};
        until("a connection is accepted", () -> (accepted[0] = listener.accept()) != null);
        return register(accepted[0]);
    }

    /** Registers an accepted socket with an empty interest. */
    public End register(StreamSocket socket) throws TransportException {
        End end = new End(this, newToken(), socket);
        closings.add(socket::close);
        poller.register(socket, end.token(), Interest.NONE);
        return end;
    }

    /** The number of the failure with which a call has to end. */
    public static Errno errnoOf(Call call) {
        try {
            call.run();
        } catch (TransportException e) {
            return e.errno();
        }
        throw new AssertionError("it succeeded, and was to fail");
    }

    /** Closes all that was opened here; then the poller. */
    @Override
    public void close() {
        closings.forEach(Runnable::run);
        poller.close();
    }
}
