package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.fault.Errno;
import dev.weir.transport.FileRegion;
import dev.weir.transport.Interest;
import dev.weir.transport.ListeningSocket;
import dev.weir.transport.Readiness;
import dev.weir.transport.StreamSocket;
import dev.weir.transport.TcpInfo;
import dev.weir.transport.TransportException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every transport's connected sockets must do: bytes, ends, resets, files. */
public abstract class StreamContract extends TransportContract {
    @TempDir
    Path folder;

    /** For subclasses, which supply {@link #transport()}. */
    protected StreamContract() {}

    @Test
    void bytesArrive() throws Exception {
        Wire.Pair pair = wire.connect();
        assertThat(pair.client().send(new byte[] {1, 2, 3})).isEqualTo(3);
        pair.server().receiveUntil(3);
        assertThat(pair.server().received()).containsExactly(1, 2, 3);
        assertThat(pair.server().receive(16)).isEqualTo(StreamSocket.WOULD_BLOCK);
    }

    @Test
    void manyBytesArriveThoughTheSocketIsFullInBetween() throws Exception {
        Wire.Pair pair = wire.connect();
        byte[] bytes = random(8 * 1024 * 1024);
        pair.client().sendAll(bytes, pair.server());
        pair.server().receiveUntil(bytes.length);
        assertThat(Arrays.equals(pair.server().received(), bytes)).isTrue();
    }

    @Test
    void aFullSocketTakesNothingAndHasRoomAgainWhenThePeerReads() throws Exception {
        Wire.Pair pair = wire.connect();
        int sent = pair.client().fill();
        assertThat(pair.client().send((byte) 1)).isEqualTo(StreamSocket.WOULD_BLOCK);
        pair.server().socket().interest(Interest.READ);
        pair.client().awaitRoom(() -> pair.server().receiveReported(64 * 1024));
        assertThat(pair.client().send((byte) 1)).isEqualTo(1);
        pair.server().receiveUntil(sent + 1);
        assertThat(pair.server().received()).hasSize(sent + 1);
    }

    @Test
    void piecesOfEverySplitArriveInOrder() throws Exception {
        Wire.Pair pair = wire.connect();
        int length = 9;
        int sent = 0;
        for (int cuts = 0; cuts < 1 << (length - 1); cuts++) {
            PieceList pieces = split(length, cuts);
            assertThat(pair.client().send(pieces)).isEqualTo(length);
            assertThat(pieces.pieces())
                    .allSatisfy(
                            piece -> assertThat(((ByteBuf) piece).readerIndex()).isZero());
            pieces.pieces().forEach(piece -> ((ByteBuf) piece).release());
            sent += length;
        }
        pair.server().receiveUntil(sent);
        byte[] received = pair.server().received();
        assertThat(received).hasSize(sent);
        for (int i = 0; i < sent; i++) {
            assertThat(received[i]).isEqualTo((byte) (i % length));
        }
    }

    /** The bytes 0, 1, 2 … cut behind each byte whose bit is set; direct and heap buffers in turn, and an empty one. */
    private static PieceList split(int length, int cuts) {
        List<Object> pieces = new ArrayList<>();
        int from = 0;
        for (int at = 1; at <= length; at++) {
            if (at == length || (cuts & 1 << (at - 1)) != 0) {
                int size = at - from;
                ByteBuf piece = pieces.size() % 2 == 0 ? Unpooled.directBuffer(size) : Unpooled.buffer(size);
                for (int i = from; i < at; i++) {
                    piece.writeByte(i);
                }
                pieces.add(piece);
                from = at;
            }
        }
        pieces.add(cuts % pieces.size(), Unpooled.buffer(1));
        return new PieceList(pieces);
    }

    @Test
    void morePiecesThanOneCallTakesArriveInOrder() throws Exception {
        Wire.Pair pair = wire.connect();
        byte[] bytes = random(3000);
        List<Object> pieces = new ArrayList<>();
        for (byte b : bytes) {
            pieces.add(Unpooled.directBuffer(1).writeByte(b));
        }
        PieceList list = new PieceList(pieces);
        int sent = 0;
        while (sent < bytes.length) {
            long taken = pair.client().send(list);
            list.advance(taken);
            sent += (int) taken;
        }
        pieces.forEach(piece -> ((ByteBuf) piece).release());
        pair.server().receiveUntil(bytes.length);
        assertThat(pair.server().received()).isEqualTo(bytes);
    }

    @Test
    void oneBufferMayBeSentTwiceInOneSend() throws Exception {
        Wire.Pair pair = wire.connect();
        ByteBuf bytes = Unpooled.directBuffer(3).writeBytes(new byte[] {1, 2, 3});
        assertThat(pair.client().send(PieceList.of(bytes, bytes.retain()))).isEqualTo(6);
        bytes.release(2);
        pair.server().receiveUntil(6);
        assertThat(pair.server().received()).containsExactly(1, 2, 3, 1, 2, 3);
    }

    @Test
    void aPeersEndIsReceivedOnceAndLeavesTheOtherHalfOpen() throws Exception {
        Wire.Pair pair = wire.connect();
        pair.client().socket().shutdownOutput();
        pair.server().receiveToEnd();
        assertThat(pair.server().ends()).isEqualTo(1);
        assertThat(pair.server().send((byte) 5)).isEqualTo(1);
        pair.client().receiveUntil(1);
        assertThat(pair.client().received()).containsExactly(5);
        pair.server().socket().shutdownOutput();
        pair.client().receiveToEnd();
    }

    @Test
    void anEndIsNotReportedAgainAndAgain() throws Exception {
        Wire.Pair pair = wire.connect();
        pair.client().socket().shutdownOutput();
        pair.server().receiveToEnd();
        wire.take(pair.server().token());
        int reports = 0;
        for (int turn = 0; turn < 20; turn++) {
            wire.turn(0);
            reports += wire.take(pair.server().token()) != 0 ? 1 : 0;
        }
        assertThat(reports).as("reports after the end was received").isLessThanOrEqualTo(1);
    }

    @Test
    void bytesAndTheEndThatComeTogetherAreBothReceived() throws Exception {
        Wire.Pair pair = wire.connect();
        pair.client().send(new byte[] {1, 2, 3});
        pair.client().socket().shutdownOutput();
        wire.turns(3);
        pair.server().receiveToEnd();
        assertThat(pair.server().received()).containsExactly(1, 2, 3);
        assertThat(pair.server().ends()).isEqualTo(1);
    }

    @Test
    void aClosedPeerIsAnEnd() throws Exception {
        Wire.Pair pair = wire.connect();
        pair.client().send((byte) 9);
        pair.client().socket().close();
        pair.server().receiveToEnd();
        assertThat(pair.server().received()).containsExactly(9);
    }

    @Test
    void anAbortedConnectionGivesWhatIsLeftAndThenTheReset() throws Exception {
        Wire.Pair pair = wire.connect();
        pair.server().socket().interest(Interest.READ);
        pair.client().send(new byte[] {1, 2});
        wire.untilReported(pair.server().token(), Readiness.READABLE);
        pair.client().socket().abort();
        wire.turns(3);
        assertThat(Wire.errnoOf(pair.server()::receiveToEnd)).isEqualTo(Errno.ECONNRESET);
        assertThat(pair.server().received()).containsExactly(1, 2);
    }

    @Test
    void sendingToAPeerThatIsGoneFails() throws Exception {
        Wire.Pair pair = wire.connect();
        pair.client().socket().abort();
        wire.turns(3);
        assertThat(Wire.errnoOf(() -> pair.server().send((byte) 1))).isIn(Errno.EPIPE, Errno.ECONNRESET);
    }

    @Test
    void endingTheOutputToAPeerThatIsGoneTellsWhyOrDoesNothing() throws Exception {
        Wire.Pair pair = wire.connect();
        pair.server().socket().interest(Interest.READ);
        pair.client().socket().abort();
        wire.until("the reset is reported", () -> wire.reported(pair.server().token()) != 0);
        try {
            pair.server().socket().shutdownOutput();
        } catch (TransportException e) {
            assertThat(e.errno()).isIn(Errno.ENOTCONN, Errno.EPIPE, Errno.ECONNRESET);
        }
        assertThat(Wire.errnoOf(pair.server()::receiveToEnd)).isEqualTo(Errno.ECONNRESET);
    }

    @Test
    void nothingIsSentAfterTheOwnEnd() throws Exception {
        Wire.Pair pair = wire.connect();
        pair.client().socket().shutdownOutput();
        assertThat(Wire.errnoOf(() -> pair.client().send((byte) 1))).isEqualTo(Errno.EPIPE);
    }

    @Test
    void aClosedSocketMovesNothing() throws Exception {
        Wire.Pair pair = wire.connect();
        pair.client().socket().close();
        assertThat(Wire.errnoOf(() -> pair.client().send((byte) 1))).isEqualTo(Errno.EBADF);
        assertThat(Wire.errnoOf(() -> pair.client().receive(1))).isEqualTo(Errno.EBADF);
        assertThat(Wire.errnoOf(() -> pair.client().socket().shutdownOutput())).isEqualTo(Errno.EBADF);
    }

    @Test
    void whatTheSystemKnowsOfAConnectionFitsWhatHappenedOnIt() throws Exception {
        Wire.Pair pair = wire.connect();
        pair.client().send(new byte[10_000]);
        pair.server().receiveUntil(10_000);
        Optional<TcpInfo> told = pair.client().socket().tcpInfo();
        assumeTrue(told.isPresent(), "the transport does not tell");

        assertThat(told.orElseThrow().roundTrip()).isBetween(Duration.ofNanos(1), Duration.ofSeconds(10));
        assertThat(told.orElseThrow().roundTripVariation()).isBetween(Duration.ZERO, Duration.ofSeconds(10));
        assertThat(told.orElseThrow().retransmits())
                .as("segments lost on the loopback device")
                .isZero();
        assertThat(told.orElseThrow().unacknowledged()).isLessThanOrEqualTo(1);
        assertThat(told.orElseThrow().deliveryRate()).isPositive();

        pair.client().socket().close();
        assertThat(Wire.errnoOf(() -> pair.client().socket().tcpInfo())).isEqualTo(Errno.EBADF);
    }

    @Test
    void addressesOutliveTheConnection() throws Exception {
        ListeningSocket listener = wire.listen(Wire.loopback());
        Wire.Pair pair = wire.connect(listener);
        pair.client().socket().abort();
        pair.server().socket().close();
        wire.turns(2);
        assertThat(pair.server().socket().localAddress()).isEqualTo(listener.localAddress());
        assertThat(pair.client().socket().remoteAddress()).isEqualTo(listener.localAddress());
        assertThat(pair.server().socket().remoteAddress())
                .isEqualTo(pair.client().socket().localAddress());
    }

    @Test
    void aFileGoesOutBetweenOtherBytes() throws Exception {
        byte[] content = random(3 * 1024 * 1024);
        goesOutBetweenOtherBytes(content, 1000, region(content, 1000, content.length - 1000));
    }

    @Test
    void aFileThatWasOpenedByItsPathGoesOutWhateverIsThereNow() throws Exception {
        byte[] content = random(3 * 1024 * 1024);
        Path path = Files.write(folder.resolve("content"), content);
        goesOutBetweenOtherBytes(content, 1000, FileRegion.open(path, 1000, content.length - 1000));
        FileRegion opened = FileRegion.open(path, 1000, content.length - 1000);
        Files.delete(path);
        Files.write(path, new byte[content.length]);
        goesOutBetweenOtherBytes(content, 1000, opened);
    }

    private void goesOutBetweenOtherBytes(byte[] content, int skipped, FileRegion region) throws Exception {
        Wire.Pair pair = wire.connect();
        ByteBuf head = Unpooled.directBuffer(2).writeBytes(new byte[] {1, 2});
        ByteBuf tail = Unpooled.directBuffer(1).writeByte(3);
        try (FileRegion file = region) {
            PieceList pieces = PieceList.of(head, file, tail);
            int all = 2 + content.length - skipped + 1;
            pair.server().socket().interest(Interest.READ);
            int sent = 0;
            while (sent < all) {
                long before = file.remaining();
                long taken = pair.client().send(pieces);
                assertThat(file.remaining()).isEqualTo(before);
                pieces.advance(taken);
                sent += (int) taken;
                if (sent < all) {
                    pair.client().awaitRoom(() -> pair.server().receiveReported(64 * 1024));
                }
            }
            pair.server().receiveUntil(all);
        }
        byte[] received = pair.server().received();
        assertThat(Arrays.copyOf(received, 2)).containsExactly(1, 2);
        assertThat(Arrays.mismatch(received, 2, received.length - 1, content, skipped, content.length))
                .isEqualTo(-1);
        assertThat(received[received.length - 1]).isEqualTo((byte) 3);
        head.release();
        tail.release();
    }

    @Test
    void aFileThatIsShorterThanPromisedIsAnError() throws Exception {
        int length = 200_000;
        Path path = Files.write(folder.resolve("short"), new byte[length]);
        isAnErrorAtItsEnd(region(new byte[length], 0, length + 50), length);
        isAnErrorAtItsEnd(FileRegion.open(path, 0, length + 50), length);
    }

    private void isAnErrorAtItsEnd(FileRegion region, int length) throws Exception {
        Wire.Pair pair = wire.connect();
        try (FileRegion file = region) {
            PieceList pieces = PieceList.of(file);
            while (file.remaining() > 50) {
                pieces.advance(pair.client().send(pieces));
                pair.server().receiveUntil(length + 50 - (int) file.remaining());
            }
            assertThat(Wire.errnoOf(() -> pair.client().send(pieces))).isEqualTo(Errno.EIO);
        }
    }

    private FileRegion region(byte[] content, long position, long count) throws IOException {
        Path path = Files.write(folder.resolve("content"), content);
        return new FileRegion(FileChannel.open(path, StandardOpenOption.READ), position, count);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
