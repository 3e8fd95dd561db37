package dev.weir.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fault.CloseReason;
import dev.weir.fault.CloseReason.Cause;
import dev.weir.fault.Errno;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import dev.weir.testkit.Peer.Input;
import dev.weir.transport.Endpoint;
import dev.weir.transport.TransportException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * All policies at once under random schedules: clients come, send, read or do not, half-close, reset and leave, limits are reached,
 * and now and then the loop stands still for up to an hour.
 */
class ScheduleProperties {
    private static final int MOST_CONNECTIONS = 4;
    private static final long HARD_BYTES = 128 * 1024;
    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

    /** What a connection may hold beside its queue: what is not decoded, and the last block. */
    private static final long OTHER_BYTES = 72 * 1024;

    /** What happens. */
    enum Act {
        CONNECT,
        SEND,
        TAKE,
        HALF_CLOSE,
        CLOSE,
        RESET,
        PAUSE,
        RESUME,
        PUSH,
        LIMIT,
        TURN,
        PASS,
        STALL
    }

    /** Something that happens to somebody. */
    record Step(Act act, int who, int amount) {}

    /** What a connection has promised, and why it ended. */
    private static final class Ledger implements Handler<ByteBuf> {
        private final Session<ByteBuf> session;
        private long accepted;
        private CloseReason reason;

        Ledger(Session<ByteBuf> session) {
            this.session = session;
        }

        @Override
        public void onMessage(ByteBuf message) {
            send(message);
        }

        /** Sends without being asked. */
        void push(Step step) {
            // One that may pass the hard mark, or several that wait behind each other.
            boolean one = step.who % 2 == 0;
            int bytes = 1 + step.amount % (one ? 300_000 : 30_000);
            for (int i = 0; i < (one ? 1 : 12); i++) {
                send(Unpooled.directBuffer(bytes).writeZero(bytes));
            }
        }

        private void send(ByteBuf message) {
            int bytes = message.readableBytes();
            if (session.send(message)) {
                accepted += bytes;
            }
        }

        @Override
        public void onClosed(CloseReason why) {
            assertThat(reason).as("an end before this one").isNull();
            reason = why;
        }
    }

    /** A client, and what it has got. */
    private static final class Client {
        private final SimulatedPeer peer;
        private boolean left;
        private long received;

        Client(SimulatedPeer peer) {
            this.peer = peer;
        }

        void take(int most) {
            received += peer.take(most).length;
        }
    }

    @Property(tries = 200)
    void whateverHappensIsBoundedAndWhatIsLostHasAReason(
            @ForAll long seed,
            @ForAll("exhaustion") String onExhausted,
            @ForAll("slowReaders") String slowReader,
            @ForAll("steps") @Size(min = 20, max = 200) List<Step> steps)
            throws Exception {
        Conditions any = Conditions.of(seed).with(InjectedFault.UNKNOWN_PEER, 0);
        // Byte by byte it would take too long.
        Conditions conditions =
                any.buffers(Math.max(1024, any.sendBufferBytes()), Math.max(1024, any.receiveBufferBytes()));
        SimulatedTransport network = new SimulatedTransport(seed, conditions).advancingClock();
        Map<Endpoint, Ledger> ledgers = new HashMap<>();
        List<Client> clients = new ArrayList<>();
        try (SimulatedServer server = new SimulatedServer(
                network,
                session -> {
                    Ledger ledger = new Ledger(session);
                    ledgers.put(session.connection().remoteAddress(), ledger);
                    return ledger;
                },
                "process { max-connections = " + MOST_CONNECTIONS + ", descriptors.on-exhausted = " + onExhausted
                        + " }",
                "servers.test.lifecycle.backpressure { high = 64KiB, low = 1KiB, hard = " + HARD_BYTES + "B }",
                "servers.test.lifecycle.backpressure.slow-reader = " + slowReader,
                "servers.test.lifecycle.heartbeat = [ { use = idle, timeout = 40s } ]")) {
            long idleBytes = server.allocated();
            for (Step step : steps) {
                happen(step, server, clients, ledgers);
                assertThat(server.weir.openConnections()).isLessThanOrEqualTo(MOST_CONNECTIONS);
                assertThat(server.allocated() - idleBytes)
                        .as("bytes of buffers")
                        .isLessThanOrEqualTo(server.weir.openConnections() * (HARD_BYTES + OTHER_BYTES));
                // Large replies are queued as they are, in buffers that are not the server's.
                assertThat(ledgers.values())
                        .allSatisfy(
                                ledger -> assertThat(ledger.session.connection().bytesQueued())
                                        .isLessThanOrEqualTo(HARD_BYTES));
            }
            network.descriptorLimit(1000);
            end(server, clients, ledgers);
            boolean isLossy = server.reading("weir.server.messages.dropped") > 0
                    || server.reading("weir.server.messages.coalesced") > 0;
            for (Client client : clients) {
                Ledger ledger = ledgers.get(client.peer.localAddress());
                if (ledger != null) {
                    settle(client, ledger, isLossy);
                }
            }
        }
    }

    private static void happen(Step step, SimulatedServer server, List<Client> clients, Map<Endpoint, Ledger> ledgers)
            throws Exception {
        switch (step.act) {
            case CONNECT -> connect(server, clients);
            case LIMIT -> server.network.descriptorLimit(2 + step.amount % 6);
            case TURN -> server.turns(1 + step.amount % 3);
            case PASS -> server.elapse(Duration.ofMillis(step.amount % 3000));
            case STALL ->
                server.network
                        .clock()
                        .advanceNanos(
                                Duration.ofMillis(step.amount % HOUR_MILLIS).toNanos());
            default -> {
                if (!clients.isEmpty()) {
                    Client client = clients.get(step.who % clients.size());
                    act(step, client, ledgers.get(client.peer.localAddress()));
                }
            }
        }
    }

    private static void connect(SimulatedServer server, List<Client> clients) {
        try {
            clients.add(new Client(server.connect()));
        } catch (TransportException refused) {
            // Its listener is closed, which is what close-listener is for.
            assertThat(refused.errno()).isEqualTo(Errno.ECONNREFUSED);
        }
    }

    private static void act(Step step, Client client, Ledger ledger) {
        switch (step.act) {
            case SEND -> {
                byte[] bytes = new byte[1 + step.amount % 100_000];
                client.peer.offer(bytes, 0, bytes.length);
            }
            case TAKE -> client.take(step.amount);
            case HALF_CLOSE -> client.peer.halfClose();
            case CLOSE -> {
                client.left = true;
                client.peer.close();
            }
            case RESET -> {
                client.left = true;
                client.peer.reset();
            }
            case PAUSE -> {
                if (ledger != null) {
                    ledger.session.execute(ledger.session::pauseReading);
                }
            }
            case RESUME -> {
                if (ledger != null) {
                    ledger.session.execute(ledger.session::resumeReading);
                }
            }
            case PUSH -> {
                if (ledger != null) {
                    ledger.session.execute(() -> ledger.push(step));
                }
            }
            default -> throw new AssertionError(step);
        }
    }

    /** Everyone who is still there ends his half and reads to the end. */
    private static void end(SimulatedServer server, List<Client> clients, Map<Endpoint, Ledger> ledgers)
            throws Exception {
        for (int rounds = 0; isAnyoneThere(server, clients); rounds++) {
            assertThat(rounds).as("rounds on %s", server.network).isLessThan(20_000);
            for (Client client : clients) {
                if (!client.left) {
                    client.peer.halfClose();
                    client.take(1 << 20);
                }
            }
            ledgers.values().forEach(ledger -> ledger.session.execute(ledger.session::resumeReading));
            server.elapse(Duration.ofMillis(20));
        }
    }

    private static boolean isAnyoneThere(SimulatedServer server, List<Client> clients) {
        return server.weir.openConnections() > 0
                || clients.stream().anyMatch(client -> !client.left && client.peer.input() == Input.OPEN);
    }

    /** What was accepted was given to the system, counted as unsent or dropped; and who read to the end has all that was given. */
    private static void settle(Client client, Ledger ledger, boolean isLossy) {
        long sent = ledger.session.connection().bytesSent();
        assertThat(ledger.reason).as("the reason of the end").isNotNull();
        assertThat(ledger.accepted - sent - ledger.reason.bytesUnsent())
                .as("bytes dropped; %s", ledger.reason)
                .isBetween(0L, isLossy ? ledger.accepted : 0L);
        if (client.left) {
            return;
        }
        if (client.peer.input() == Input.END) {
            assertThat(client.received)
                    .as("replies before a clean end; %s", ledger.reason)
                    .isEqualTo(sent);
            assertThat(ledger.reason.bytesUnsent()).isZero();
        } else {
            assertThat(ledger.reason.isOrderly())
                    .as("a reset is no orderly end: %s", ledger.reason)
                    .isFalse();
        }
    }

    @Property(tries = 100)
    void afterAStallDueTimersFireOnceAndInOrder(
            @ForAll long seed,
            @ForAll @Size(min = 1, max = 200) List<@IntRange(max = 3_600_000) Integer> delaysMillis,
            @ForAll @IntRange(min = 1, max = 3_600_000) int stallMillis)
            throws Exception {
        SimulatedTransport network = new SimulatedTransport(seed).advancingClock();
        List<Integer> fired = new ArrayList<>();
        try (SimulatedServer server = new SimulatedServer(
                network,
                session -> new Handler<ByteBuf>() {
                    @Override
                    public void onOpened() {
                        for (int i = 0; i < delaysMillis.size(); i++) {
                            int timer = i;
                            session.schedule(Duration.ofMillis(delaysMillis.get(i)), () -> fired.add(timer));
                        }
                    }

                    @Override
                    public void onMessage(ByteBuf message) {}
                },
                "servers.test.lifecycle { heartbeat = [], deadlines.first-byte = off }")) {
            server.connectOpen();
            network.clock().advanceNanos(Duration.ofMillis(stallMillis).toNanos());
            server.turns(5);
            assertThat(fired).as("fired once").doesNotHaveDuplicates();
            assertThat(fired)
                    .as("due by then")
                    .containsAll(IntStream.range(0, delaysMillis.size())
                            .filter(i -> delaysMillis.get(i) < stallMillis)
                            .boxed()
                            .toList());
            for (int i = 1; i < fired.size(); i++) {
                // Of two that are due in the same tick either may be first.
                assertThat(delaysMillis.get(fired.get(i - 1)))
                        .as("due before timer %d", fired.get(i))
                        .isLessThanOrEqualTo(delaysMillis.get(fired.get(i)) + 1);
            }
        }
    }

    @Property(tries = 100)
    void afterAStallNobodyIsCalledIdleWhoseInputIsPending(
            @ForAll long seed,
            @ForAll @Size(min = 1, max = 20) List<Boolean> speaks,
            @ForAll @IntRange(min = 10_001, max = 3_600_000) int stallMillis)
            throws Exception {
        // What READ_WOULD_BLOCK hides has not arrived yet.
        Conditions conditions =
                Conditions.of(seed).with(InjectedFault.UNKNOWN_PEER, 0).with(InjectedFault.READ_WOULD_BLOCK, 0);
        SimulatedTransport network = new SimulatedTransport(seed, conditions).advancingClock();
        Map<Endpoint, Ledger> ledgers = new HashMap<>();
        try (SimulatedServer server = new SimulatedServer(
                network,
                session -> {
                    Ledger ledger = new Ledger(session);
                    ledgers.put(session.connection().remoteAddress(), ledger);
                    return ledger;
                },
                "servers.test.lifecycle { heartbeat = [ { use = idle, timeout = 10s, watch = read } ], close = force }",
                "servers.test.lifecycle.deadlines.first-byte = off")) {
            List<SimulatedPeer> peers = new ArrayList<>();
            for (int i = 0; i < speaks.size(); i++) {
                peers.add(server.connectOpen());
            }
            // Who was accepted first may have been silent for a while already.
            for (SimulatedPeer peer : peers) {
                peer.offer(new byte[1], 0, 1);
            }
            server.until("all have spoken", () -> server.bytesReceived() == peers.size());
            for (int i = 0; i < speaks.size(); i++) {
                if (speaks.get(i)) {
                    assertThat(peers.get(i).offer(new byte[1], 0, 1)).isOne();
                }
            }
            network.clock().advanceNanos(Duration.ofMillis(stallMillis).toNanos());
            server.turns(5);
            for (int i = 0; i < speaks.size(); i++) {
                CloseReason reason = ledgers.get(peers.get(i).localAddress()).reason;
                if (speaks.get(i)) {
                    assertThat(reason).as("the end of one that has spoken").isNull();
                } else {
                    assertThat(reason).as("the end of a silent one").isNotNull();
                    assertThat(reason.cause()).isEqualTo(Cause.IDLE);
                }
            }
        }
    }

    @Property(tries = 50)
    void aPausedConnectionIsReapedWithinItsLimit(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 600_000) int timeoutMillis) throws Exception {
        SimulatedTransport network = new SimulatedTransport(seed).advancingClock();
        List<Ledger> ledgers = new ArrayList<>();
        try (SimulatedServer server = new SimulatedServer(
                network,
                session -> {
                    Ledger ledger = new Ledger(session);
                    ledgers.add(ledger);
                    session.pauseReading();
                    return ledger;
                },
                "servers.test.lifecycle { heartbeat = [ { use = idle, timeout = " + timeoutMillis + "ms } ] }",
                "servers.test.lifecycle { close = force, deadlines.first-byte = off }")) {
            SimulatedPeer peer = server.connectOpen();
            peer.offer(new byte[100], 0, 100);
            server.elapse(Duration.ofMillis(timeoutMillis + 1L));
            assertThat(ledgers.getFirst().reason).isNotNull();
            assertThat(ledgers.getFirst().reason.cause()).isEqualTo(Cause.IDLE);
        }
    }

    @Provide
    Arbitrary<String> exhaustion() {
        return Arbitraries.of("shed", "pause", "close-listener", "{ use = evict-idle, idle-for = 1s }");
    }

    @Provide
    Arbitrary<String> slowReaders() {
        return Arbitraries.of(
                "pause",
                "{ use = close, after = 5s }",
                "{ use = drop-oldest, keep = 16KiB }",
                "{ use = coalesce, keep = 16KiB }");
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Act> acts = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.of(Act.CONNECT, Act.SEND, Act.TAKE, Act.TURN)),
                Tuple.of(3, Arbitraries.of(Act.class)));
        return Combinators.combine(
                        acts,
                        Arbitraries.integers().between(0, 100),
                        Arbitraries.integers().between(0, 10_000_000))
                .as(Step::new)
                .list();
    }
}
