package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * Who comes in when there is no more room. A transport's test extends this and says how to get at the transport.
 */
@AddLifecycleHook(LeakCheck.class)
public abstract class AdmissionContract {
    private static final byte[] FRAME = Frames.of(new byte[] {1, 2, 3});

    /** A new way to the transport under test. Called once for each run of a law. */
    protected abstract TransportSubject subject();

    @Property(tries = 10, shrinking = ShrinkingMode.OFF)
    void whoComesBeyondTheCapWaitsUntilAConnectionCloses(
            @ForAll @IntRange(min = 1, max = 4) int cap, @ForAll @IntRange(min = 1, max = 6) int more)
            throws Exception {
        try (TestServer server = TestServer.start(subject(), Handlers.ECHO, "process.max-connections = " + cap)) {
            List<Peer> peers = new ArrayList<>();
            for (int i = 0; i < cap + more; i++) {
                peers.add(server.connect());
                peers.get(i).offer(FRAME, 0, FRAME.length);
            }
            for (int served = 0; served < peers.size(); served++) {
                // The oldest of those that are open leaves, and the one that has waited longest comes in.
                if (served >= cap) {
                    peers.get(served - cap).close();
                }
                Bytes.assertSame(peers.get(served).read(FRAME.length), FRAME);
                server.turns(5);
                for (Peer waiting : peers.subList(Math.min(peers.size(), Math.max(served + 1, cap)), peers.size())) {
                    assertThat(waiting.take(1)).as("bytes for who must wait").isEmpty();
                }
                assertThat(server.weir().openConnections()).isLessThanOrEqualTo(cap);
            }
            server.assertIdle();
        }
    }

    @Property(tries = 10, shrinking = ShrinkingMode.OFF)
    void whoComesBeyondAServersLimitIsClosedAtOnce(
            @ForAll @IntRange(min = 1, max = 4) int limit, @ForAll @IntRange(min = 1, max = 6) int more)
            throws Exception {
        try (TestServer server = TestServer.start(
                subject(), Handlers.ECHO, "servers.test.lifecycle.admission.max-connections = " + limit)) {
            List<Peer> admitted = new ArrayList<>();
            for (int i = 0; i < limit; i++) {
                admitted.add(server.connect());
                assertIsServed(admitted.get(i));
            }
            for (int i = 0; i < more; i++) {
                Peer refused = server.connect();
                assertThat(refused.readToEnd()).isEmpty();
                refused.close();
            }
            for (Peer peer : admitted) {
                assertIsServed(peer);
                peer.close();
            }
            server.untilNoneIsOpen();
            assertIsServed(server.connect());
            server.assertIdle();
        }
    }

    private static void assertIsServed(Peer peer) {
        peer.send(FRAME);
        Bytes.assertSame(peer.read(FRAME.length), FRAME);
    }
}
