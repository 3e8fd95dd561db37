package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.transport.SocketOption;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.junit.jupiter.api.Assumptions;

/**
 * Which loop a connection comes to live on. A transport's test extends this and says how to get at the transport. Laws about listening
 * sockets that share an address are skipped where the transport has none.
 */
@AddLifecycleHook(LeakCheck.class)
public abstract class LoopChoiceContract {
    private static final String CHOICE = "servers.test.lifecycle.loop-choice = ";
    private static final String REUSE_PORT = "servers.test.socket.reuse-port = on";
    private static final int CONNECTIONS = 64;
    private static final byte[] FRAME = Frames.of(new byte[] {1, 2, 3});

    /** A new way to the transport under test. Called once for each run of a law. */
    protected abstract TransportSubject subject();

    @Property(tries = 5, shrinking = ShrinkingMode.OFF)
    void roundRobinGivesEachLoopTheSameShare(@ForAll @IntRange(min = 1, max = 20) int connections) throws Exception {
        try (TestServer server = TestServer.start(subject(), Handlers.ECHO, CHOICE + "round-robin")) {
            served(server, connections);
            assertThat(server.openOn(0) - server.openOn(1)).isBetween(0L, 1L);
            server.assertIdle();
        }
    }

    @Property(tries = 5, shrinking = ShrinkingMode.OFF)
    void leastConnectionsMakesUpForWhoHasLeft(
            @ForAll @Size(min = 2, max = 16) List<Boolean> leaves, @ForAll @IntRange(max = 16) int later)
            throws Exception {
        try (TestServer server = TestServer.start(subject(), Handlers.ECHO, CHOICE + "least-connections")) {
            List<Peer> peers = served(server, leaves.size());
            for (int i = 0; i < leaves.size(); i++) {
                if (leaves.get(i)) {
                    peers.get(i).close();
                }
            }
            long stay = leaves.stream().filter(leaving -> !leaving).count();
            server.until("who left has ended", () -> server.weir().openConnections() == stay);
            long before = Math.abs(server.openOn(0) - server.openOn(1));
            served(server, later);
            long after = Math.abs(server.openOn(0) - server.openOn(1));
            assertThat(after).isLessThanOrEqualTo(Math.max(1, before - later));
            server.assertIdle();
        }
    }

    @Property(tries = 5, shrinking = ShrinkingMode.OFF)
    void peerHashKeepsOneAddressOnOneLoop(@ForAll @IntRange(min = 2, max = 16) int connections) throws Exception {
        try (TestServer server = TestServer.start(subject(), Handlers.ECHO, CHOICE + "peer-hash")) {
            served(server, connections);
            assertThat(List.of(server.openOn(0), server.openOn(1))).containsExactlyInAnyOrder(0L, (long) connections);
            server.assertIdle();
        }
    }

    @Example
    void whatTheKernelSpreadsStaysOnTheLoopThatTookIt() throws Exception {
        TransportSubject subject = subjectWithReusePort();
        try (TestServer server = TestServer.start(subject, Handlers.ECHO, REUSE_PORT, CHOICE + "kernel")) {
            long tasks = server.reading("weir.loop.tasks");
            served(server, CONNECTIONS);
            assertThat(server.reading("weir.loop.tasks"))
                    .as("tasks from loop to loop")
                    .isEqualTo(tasks);
            // That the kernel gives all of them to one loop is less likely than 1 to 2^62.
            assertThat(List.of(server.openOn(0), server.openOn(1)))
                    .allSatisfy(open -> assertThat(open).isPositive());
        }
    }

    @Example
    void anotherChoiceIsHonouredWhereEachLoopListensToo() throws Exception {
        TransportSubject subject = subjectWithReusePort();
        try (TestServer server = TestServer.start(subject, Handlers.ECHO, REUSE_PORT, CHOICE + "peer-hash")) {
            served(server, CONNECTIONS);
            assertThat(List.of(server.openOn(0), server.openOn(1))).containsExactlyInAnyOrder(0L, (long) CONNECTIONS);
        }
    }

    private TransportSubject subjectWithReusePort() {
        TransportSubject subject = subject();
        Assumptions.assumeTrue(
                subject.transport().capabilities().listenOptions().contains(SocketOption.REUSE_PORT),
                "the transport has no SO_REUSEPORT");
        return subject;
    }

    /** So many new peers, each of which has been answered, and so has its loop. */
    private static List<Peer> served(TestServer server, int connections) throws Exception {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            peers.add(server.connect());
        }
        for (Peer peer : peers) {
            peer.send(FRAME);
            Bytes.assertSame(peer.read(FRAME.length), FRAME);
        }
        return peers;
    }
}
