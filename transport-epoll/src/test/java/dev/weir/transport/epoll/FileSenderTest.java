package dev.weir.transport.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.PieceList;
import dev.weir.testkit.Wire;
import dev.weir.transport.FileRegion;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By which call a file goes out. */
class FileSenderTest {
    private static final int SIZE = 300_000;
    private static final int SKIPPED = 1000;

    @TempDir
    Path folder;

    private final byte[] content = new byte[SIZE];
    private Path path;
    private Wire wire;
    private Wire.Pair pair;

    @BeforeEach
    void open() throws Exception {
        new Random(SIZE).nextBytes(content);
        path = Files.write(folder.resolve("content"), content);
        wire = new Wire(new EpollTransport(Trigger.EDGE));
        pair = wire.connect();
    }

    @AfterEach
    void close() {
        wire.close();
    }

    private long sendfiles() {
        return ((EpollPoller) wire.poller()).sender().files().sendfiles();
    }

    private void arrives(FileRegion file, int from, int count) throws Exception {
        PieceList pieces = PieceList.of(file);
        int sent = 0;
        while (sent < count) {
            long taken = pair.client().send(pieces);
            pieces.advance(taken);
            sent += (int) taken;
            if (sent < count) {
                pair.server().receiveUntil(sent);
                pair.client().awaitRoom(() -> {});
            }
        }
        pair.server().receiveUntil(count);
        assertThat(Arrays.equals(pair.server().received(), Arrays.copyOfRange(content, from, from + count)))
                .isTrue();
    }

    @Test
    void aFileWhosePathIsKnownIsSentWithoutCopying() throws Exception {
        try (FileRegion file = FileRegion.open(path, SKIPPED, SIZE - SKIPPED)) {
            arrives(file, SKIPPED, SIZE - SKIPPED);
        }
        assertThat(sendfiles()).isPositive();
    }

    @Test
    void aFileWhosePathIsNotKnownIsCopied() throws Exception {
        try (FileRegion file = new FileRegion(FileChannel.open(path, StandardOpenOption.READ), 0, SIZE)) {
            arrives(file, 0, SIZE);
        }
        assertThat(sendfiles()).isZero();
    }

    @Test
    void aSmallPartIsCopied() throws Exception {
        try (FileRegion file = FileRegion.open(path, SKIPPED, 100)) {
            arrives(file, SKIPPED, 100);
        }
        assertThat(sendfiles()).isZero();
    }

    @Test
    void aFileWhosePathLeadsElsewhereByNowIsCopied() throws Exception {
        try (FileRegion file = FileRegion.open(path, 0, SIZE)) {
            Files.move(path, folder.resolve("moved"));
            Files.write(path, new byte[SIZE]);
            arrives(file, 0, SIZE);
        }
        assertThat(sendfiles()).isZero();
    }

    @Test
    void aFileWhosePathIsGoneIsCopied() throws Exception {
        try (FileRegion file = FileRegion.open(path, 0, SIZE)) {
            Files.delete(path);
            arrives(file, 0, SIZE);
        }
        assertThat(sendfiles()).isZero();
    }
}
