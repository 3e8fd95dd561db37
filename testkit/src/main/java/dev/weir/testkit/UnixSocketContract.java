package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.fault.Errno;
import dev.weir.transport.Endpoint;
import dev.weir.transport.Interest;
import dev.weir.transport.ListenOptions;
import dev.weir.transport.ListeningSocket;
import dev.weir.transport.PeerCredentials;
import dev.weir.transport.SocketOption;
import dev.weir.transport.StreamSocket;
import dev.weir.transport.TransportException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a transport with Unix domain sockets must do with their files. Skipped for a transport that has none. */
public abstract class UnixSocketContract extends TransportContract {
    @TempDir
    Path folder;

    private Path path;

    /** For subclasses, which supply {@link #transport()}. */
    protected UnixSocketContract() {}

    @BeforeEach
    final void needsUnixSockets() {
        assumeTrue(transport().capabilities().unixSockets());
        path = folder.resolve("s");
    }

    private Endpoint address() {
        return new Endpoint.Unix(path);
    }

    @Test
    void bytesAndEndsGoBothWays() throws Exception {
        ListeningSocket listener = wire.listen(address());
        assertThat(listener.localAddress()).isEqualTo(address());
        Wire.Pair pair = wire.connect(listener);
        assertThat(pair.client().socket().remoteAddress()).isEqualTo(address());
        assertThat(pair.server().socket().localAddress()).isEqualTo(address());
        assertThat(pair.server().socket().remoteAddress()).isEqualTo(new Endpoint.Unknown());
        pair.client().send((byte) 1);
        pair.client().socket().shutdownOutput();
        pair.server().receiveToEnd();
        assertThat(pair.server().received()).containsExactly(1);
        pair.server().send((byte) 2);
        pair.server().socket().close();
        pair.client().receiveToEnd();
        assertThat(pair.client().received()).containsExactly(2);
    }

    @Test
    void thePeersCredentialsAreThoseOfItsProcess() throws Exception {
        Wire.Pair pair = wire.connect(wire.listen(address()));
        Optional<PeerCredentials> told = pair.server().socket().peerCredentials();
        assumeTrue(told.isPresent(), "the transport does not tell");

        Path self = Path.of("/proc/self");
        assertThat(told)
                .hasValue(new PeerCredentials(
                        (int) ProcessHandle.current().pid(), (int) Files.getAttribute(self, "unix:uid"), (int)
                                Files.getAttribute(self, "unix:gid")));
        assertThat(pair.server().socket().tcpInfo()).isEmpty();
    }

    @Test
    void optionsOfTcpDoNothing() throws Exception {
        ListeningSocket listener =
                wire.bind(address(), new ListenOptions(16, Map.of(SocketOption.REUSE_ADDRESS, true)));
        listener.listen();
        Wire.Pair pair = wire.connect(listener);
        pair.server().socket().option(SocketOption.NO_DELAY, true);
        pair.server().socket().option(SocketOption.KEEP_ALIVE, true);
        pair.server().socket().option(SocketOption.SEND_BUFFER, 16 * 1024);
        assertThat(pair.server().socket().option(SocketOption.SEND_BUFFER)).isGreaterThanOrEqualTo(16 * 1024);
    }

    @Test
    void whoWaitsToBeAcceptedIsReported() throws Exception {
        ListeningSocket listener = wire.listen(address());
        long token = wire.newToken();
        wire.poller().register(listener, token, Interest.READ);
        wire.finishConnect(wire.startConnect(address()));
        wire.until("the listener is reported", () -> wire.reported(token) != 0);
        wire.accept(listener);
    }

    @Test
    void aBoundPathRefusesClientsUntilItListens() throws Exception {
        ListeningSocket bound = wire.bind(address(), Wire.plain());
        assertThat(outcomeOfConnect()).isEqualTo(Errno.ECONNREFUSED);
        bound.listen();
        wire.connect(bound);
    }

    private Errno outcomeOfConnect() {
        return Wire.errnoOf(() -> wire.finishConnect(wire.startConnect(address())));
    }

    @Test
    void aListenerHoldsOneDescriptor() throws Exception {
        long before = Descriptors.open();
        ListeningSocket listener = wire.listen(address());
        assertThat(Descriptors.open() - before).isLessThanOrEqualTo(1);
        listener.close();
        assertThat(Descriptors.open()).isEqualTo(before);
    }

    @Test
    void aPathThatIsListenedOnIsInUse() throws Exception {
        ListeningSocket first = wire.listen(address());
        assertThat(Wire.errnoOf(() -> wire.bind(address(), Wire.plain()))).isEqualTo(Errno.EADDRINUSE);
        StreamSocket whoAsked = first.accept();
        if (whoAsked != null) {
            whoAsked.close();
        }
        wire.connect(first);
    }

    @Test
    void aFullBacklogIsInUseAndNotStale() throws Exception {
        ListeningSocket first = wire.bind(address(), new ListenOptions(1, Map.of()));
        first.listen();
        fillBacklog();
        assertThat(Wire.errnoOf(() -> wire.bind(address(), Wire.plain()))).isEqualTo(Errno.EADDRINUSE);
        assertThat(path).exists();
    }

    @Test
    void aConnectToAFullBacklogIsToldSo() throws Exception {
        ListeningSocket first = wire.bind(address(), new ListenOptions(1, Map.of()));
        first.listen();
        assertThat(fillBacklog()).isEqualTo(Errno.EAGAIN);
    }

    private Errno fillBacklog() throws TransportException {
        for (int i = 0; i < 10; i++) {
            try {
                wire.finishConnect(wire.startConnect(address()));
            } catch (TransportException e) {
                return e.errno();
            }
        }
        throw new AssertionError("a backlog of 1 took 10 connections");
    }

    @Test
    void aFileThatNobodyListensOnIsReplaced() throws Exception {
        leaveStaleFile();
        wire.connect(wire.listen(address()));
    }

    /** What a server that was killed leaves behind: a socket's file whose socket is gone. */
    private void leaveStaleFile() throws Exception {
        Path kept = folder.resolve("kept");
        ListeningSocket gone = wire.listen(address());
        Files.createLink(kept, path);
        gone.close();
        Files.move(kept, path);
    }

    @Test
    void aFileThatIsNoSocketIsLeftAloneAndNamed() throws Exception {
        Files.writeString(path, "precious");
        assertBindFails(Errno.ENOTSOCK);
        assertThat(path).hasContent("precious");
    }

    @Test
    void aLinkIsNoSocketEither() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "precious");
        Files.createSymbolicLink(path, file);
        assertBindFails(Errno.ENOTSOCK);
        assertThat(file).hasContent("precious");
    }

    @Test
    void aNamedPipeIsNotTakenForAStaleSocket() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")));
        // Without pipes, which the JDK closes some time after the process has ended.
        assertThat(new ProcessBuilder("/usr/bin/mkfifo", path.toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        assertBindFails(Errno.ENOTSOCK);
        assertThat(path).exists();
    }

    private void assertBindFails(Errno errno) {
        assertThatThrownBy(() -> wire.bind(address(), Wire.plain()))
                .isInstanceOfSatisfying(
                        TransportException.class, e -> assertThat(e.errno()).isEqualTo(errno))
                .hasMessageContaining(path.toString());
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        path = folder.resolve("none").resolve("s");
        assertBindFails(Errno.ENOENT);
    }

    @Test
    void theFileGoesWithItsSocket() throws Exception {
        ListeningSocket listener = wire.listen(address());
        wire.poller().register(listener, wire.newToken(), Interest.READ);
        assertThat(path).exists();
        listener.close();
        assertThat(path).doesNotExist();
        assertThat(outcomeOfConnect()).isEqualTo(Errno.ENOENT);
        ListeningSocket bound = wire.bind(address(), Wire.plain());
        assertThat(path).exists();
        bound.close();
        assertThat(path).doesNotExist();
    }

    @Test
    void aFileThatAnotherPutInItsPlaceStays() throws Exception {
        ListeningSocket first = wire.listen(address());
        Files.delete(path);
        ListeningSocket second = wire.listen(address());
        first.close();
        assertThat(path).exists();
        wire.connect(second);
    }

    @Test
    void aPathThatAnotherTookBeforeListeningIsInUse() throws Exception {
        ListeningSocket first = wire.bind(address(), Wire.plain());
        ListeningSocket second = wire.listen(address());
        assertThat(Wire.errnoOf(first::listen)).isEqualTo(Errno.EADDRINUSE);
        first.close();
        wire.connect(second);
    }
}
