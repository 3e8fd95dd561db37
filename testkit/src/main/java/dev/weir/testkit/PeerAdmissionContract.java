package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.config.ConfigurationException;
import dev.weir.lifecycle.AdmissionPolicy.Rule;
import dev.weir.server.BindException;
import dev.weir.testkit.Peer.Input;
import dev.weir.transport.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom admission lets in by what the kernel tells of real peers: the user of a process, the address that it comes from. */
public abstract class PeerAdmissionContract {
    private static final String ADMISSION = "servers.test.lifecycle.admission.";
    private static final byte[] FRAME = Frames.of(new byte[] {1, 2, 3});

    private final List<Peer> peers = new ArrayList<>();

    @TempDir
    private Path folder;

    /** For subclasses, which supply {@link #subject()}. */
    protected PeerAdmissionContract() {}

    /** The transport under test, over real sockets. */
    protected abstract TransportSubject subject();

    @AfterEach
    final void closePeers() {
        peers.forEach(Peer::close);
    }

    private TestServer onUnixSocket(TransportSubject subject, long user) throws Exception {
        return TestServer.start(
                subject,
                Handlers.ECHO,
                "servers.test.listen = \"unix:" + folder.resolve("s") + "\"",
                ADMISSION + "allow-users = [" + user + "]");
    }

    private static long ownUser() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self")), "the number of the user is read from /proc, which is not here");
        return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

    @Test
    void aProcessOfAUserThatIsAllowedIsServed() throws Exception {
        TransportSubject subject = subject();
        assumeTrue(subject.transport().capabilities().peerCredentials(), "the transport does not tell the user");
        try (TestServer server = onUnixSocket(subject, ownUser())) {
            for (int i = 0; i < 3; i++) {
                assertIsServed(server.connect());
            }
            assertThat(server.metrics().refused(Rule.CREDENTIALS)).isZero();
        }
    }

    @Test
    void aProcessOfAnotherUserIsSentAway() throws Exception {
        TransportSubject subject = subject();
        assumeTrue(subject.transport().capabilities().peerCredentials(), "the transport does not tell the user");
        try (TestServer server = onUnixSocket(subject, ownUser() + 1)) {
            for (int i = 1; i <= 3; i++) {
                assertIsSentAway(server.connect());
                assertThat(server.metrics().refused(Rule.CREDENTIALS)).isEqualTo(i);
            }
            assertThat(server.metrics().opened()).isZero();
        }
    }

    @Test
    void usersAreNoRuleWhereTheTransportDoesNotTellThem() throws Exception {
        TransportSubject subject = subject();
        assumeTrue(!subject.transport().capabilities().peerCredentials(), "the transport tells the user");
        long user = ownUser();
        assertThatThrownBy(() -> onUnixSocket(subject, user).close())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("this needs the peer's credentials, which the transport cannot ask for");
    }

    @Test
    void eachAddressHasItsOwnLimitAndAPlaceThatComesFreeIsForTheSameAddress() throws Exception {
        TransportSubject subject = subject();
        try (TestServer server = TestServer.start(
                subject,
                Handlers.ECHO,
                "servers.test.listen = [\"127.0.0.1:0\", \"[::1]:0\"]",
                ADMISSION + "max-per-address = 2")) {
            List<Endpoint> addresses = server.weir().server("test").addresses();
            int refused = 0;
            for (String own : List.of("127.0.0.1", "127.0.0.2", "127.0.0.3", "::1")) {
                Endpoint there = addresses.get(own.equals("::1") ? 1 : 0);
                Peer first = connectFrom(own, there, subject);
                assertIsServed(first);
                assertIsServed(connectFrom(own, there, subject));
                assertIsSentAway(connectFrom(own, there, subject));
                refused++;
                assertThat(server.metrics().refused(Rule.PER_ADDRESS)).isEqualTo(refused);
                long open = server.weir().openConnections();
                first.close();
                server.until("one has left", () -> server.weir().openConnections() == open - 1);
                assertIsServed(connectFrom(own, there, subject));
                assertIsSentAway(connectFrom(own, there, subject));
                refused++;
            }
            assertThat(server.metrics().refused(Rule.PER_ADDRESS)).isEqualTo(refused);
            closePeers();
        } catch (BindException e) {
            abort("skipped, this host has no ::1: " + e.getMessage());
        }
    }

    private Peer connectFrom(String own, Endpoint server, Waiting waiting) {
        try {
            Peer peer = TestClient.connectFrom(InetAddress.ofLiteral(own), server, waiting);
            peers.add(peer);
            return peer;
        } catch (IOException e) {
            return abort("skipped, this host has no address " + own + ": " + e.getMessage());
        }
    }

    private static void assertIsServed(Peer peer) {
        peer.send(FRAME);
        Bytes.assertSame(peer.read(FRAME.length), FRAME);
    }

    private static void assertIsSentAway(Peer peer) {
        assertThat(peer.readToEnd()).isEmpty();
        assertThat(peer.input()).isEqualTo(Input.END);
    }
}
