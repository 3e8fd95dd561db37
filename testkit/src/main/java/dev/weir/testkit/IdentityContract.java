package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connection.Connection;
import dev.weir.fault.CloseReason;
import dev.weir.fault.CloseReason.Cause;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * Two connections of one client. A transport's test extends this and says how to get at the transport.
 */
@AddLifecycleHook(LeakCheck.class)
public abstract class IdentityContract {
    private static final int CLIENTS = 6;
    private static final String GAUGE = "weir.server.identities";

    /** A new way to the transport under test. Called once for each run of a law. */
    protected abstract TransportSubject subject();

    /** The server's policy. */
    enum Policy {
        ALLOW,
        REPLACE,
        REJECT;

        String setting() {
            return "servers.test.lifecycle.on-duplicate = " + name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** What a client does. */
    enum Act {
        LOGIN,
        LOGOUT,
        CLOSE,
        RESET
    }

    /**
     * Something that happens; then all is waited for.
     *
     * @param client which of the clients; it connects anew where it is not connected
     * @param key the name that it takes at a login
     */
    record Step(Act act, int client, int key) {}

    /** Names the peer as a message says: its number, and the key. An empty message closes. */
    private static final class Logins {
        private final Map<Integer, Connection> byClient = new ConcurrentHashMap<>();

        Handlers protocol() {
            return new Handlers(Login::new);
        }

        private final class Login implements Handler<ByteBuf> {
            private final Session<ByteBuf> session;
            private int client = -1;

            Login(Session<ByteBuf> session) {
                this.session = session;
            }

            @Override
            public void onMessage(ByteBuf message) {
                if (!message.isReadable()) {
                    session.close();
                    return;
                }
                int at = message.readerIndex();
                client = message.getByte(at);
                byClient.put(client, session.connection());
                boolean known = session.identify("key " + message.getByte(at + 1));
                if (known == session.connection().state().isClosing()) {
                    throw new AssertionError("identify answers " + known);
                }
                session.send(message);
            }

            @Override
            public void onClosed(CloseReason reason) {
                byClient.remove(client, session.connection());
            }
        }
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void aNameIsOneClientsAndNothingOfItIsLeft(@ForAll Policy policy, @ForAll("steps") @Size(max = 25) List<Step> steps)
            throws Exception {
        Logins logins = new Logins();
        Map<Integer, Integer> keys = new HashMap<>();
        Peer[] peers = new Peer[CLIENTS];
        try (TestServer server = TestServer.start(subject(), logins.protocol(), policy.setting())) {
            for (Step step : steps) {
                switch (step.act()) {
                    case LOGIN -> login(step, policy, keys, peers, server);
                    case LOGOUT -> {
                        if (peers[step.client()] != null) {
                            peers[step.client()].send(Frames.of(new byte[0]));
                            assertThat(peers[step.client()].readToEnd()).isEmpty();
                            leave(step.client(), keys, peers, server);
                        }
                    }
                    case CLOSE -> leave(step.client(), keys, peers, server);
                    case RESET -> {
                        if (peers[step.client()] != null) {
                            peers[step.client()].reset();
                            leave(step.client(), keys, peers, server);
                        }
                    }
                }
                long named = policy == Policy.ALLOW ? 0 : keys.size();
                server.until("the names that are known are those of " + keys, () -> server.reading(GAUGE) == named);
            }
            for (int i = 0; i < CLIENTS; i++) {
                leave(i, keys, peers, server);
            }
            assertThat(server.reading(GAUGE)).isZero();
            server.assertIdle();
        }
    }

    private static void login(Step step, Policy policy, Map<Integer, Integer> keys, Peer[] peers, TestServer server)
            throws Exception {
        int client = step.client();
        if (peers[client] == null) {
            peers[client] = server.connect();
        }
        byte[] login = Frames.of(new byte[] {(byte) client, (byte) step.key()});
        peers[client].send(login);
        Integer older = ownerOf(step.key(), keys);
        boolean isDuplicate = policy != Policy.ALLOW && older != null && older != client;
        if (isDuplicate && policy == Policy.REJECT) {
            assertThat(peers[client].readToEnd()).as("what a rejected one gets").isEmpty();
            assertThat(peers[client].input()).isEqualTo(Peer.Input.END);
            leave(client, keys, peers, server);
            return;
        }
        Bytes.assertSame(peers[client].read(login.length), login);
        keys.put(client, step.key());
        if (isDuplicate) {
            assertThat(peers[older].readToEnd()).as("what a replaced one gets").isEmpty();
            assertThat(peers[older].input()).isEqualTo(Peer.Input.END);
            leave(older, keys, peers, server);
        }
    }

    private static Integer ownerOf(int key, Map<Integer, Integer> keys) {
        return keys.entrySet().stream()
                .filter(entry -> entry.getValue() == key)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private static void leave(int client, Map<Integer, Integer> keys, Peer[] peers, TestServer server) {
        if (peers[client] != null) {
            long open = server.weir().openConnections();
            peers[client].close();
            peers[client] = null;
            keys.remove(client);
            long left = java.util.Arrays.stream(peers)
                    .filter(java.util.Objects::nonNull)
                    .count();
            assertThat(open).isGreaterThanOrEqualTo(left);
            server.until("the connection is over", () -> server.weir().openConnections() == left);
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Act> acts = Arbitraries.of(Act.LOGIN, Act.LOGIN, Act.LOGIN, Act.LOGOUT, Act.CLOSE, Act.RESET);
        return Combinators.combine(
                        acts,
                        Arbitraries.integers().between(0, CLIENTS - 1),
                        Arbitraries.integers().between(0, 2))
                .as(Step::new)
                .list();
    }

    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void ofManyWhoComeAtOnceByOneNameOneStays(
            @ForAll boolean replaces, @ForAll @IntRange(min = 2, max = 12) int clients) throws Exception {
        Policy policy = replaces ? Policy.REPLACE : Policy.REJECT;
        Logins logins = new Logins();
        try (TestServer server = TestServer.start(subject(), logins.protocol(), policy.setting(), "event-loops = 3")) {
            List<Peer> peers = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                peers.add(server.connect());
            }
            for (int i = 0; i < clients; i++) {
                byte[] login = Frames.of(new byte[] {(byte) i, 0});
                peers.get(i).offer(login, 0, login.length);
            }
            server.until("one stays", () -> {
                for (Peer peer : peers) {
                    peer.take(100);
                    if (peer.input() != Peer.Input.OPEN) {
                        peer.close();
                    }
                }
                return server.metrics().closed(Cause.DUPLICATE) == clients - 1;
            });
            server.until("the others are over", () -> server.weir().openConnections() == 1);
            assertThat(server.reading(GAUGE)).isOne();
            server.elapse(Duration.ofSeconds(1));
            assertThat(server.weir().openConnections()).isOne();
            peers.forEach(Peer::close);
            server.untilNoneIsOpen();
            assertThat(server.reading(GAUGE)).isZero();
        }
    }
}
