package dev.weir.transport.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.PieceList;
import dev.weir.testkit.Wire;
import dev.weir.transport.FileRegion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a send does with buffers and files beside getting their bytes across. */
class PieceSenderTest {
    private static final int MUCH = 16 * 1024 * 1024;

    private Wire wire;
    private Wire.Pair pair;

    @BeforeEach
    void open() throws Exception {
        wire = new Wire(new EpollTransport(Trigger.EDGE));
        pair = wire.connect();
    }

    @AfterEach
    void close() {
        wire.close();
    }

    @Test
    void bytesOnTheHeapThatAreMoreThanTheRoomForCopiesArrive() throws Exception {
        byte[] bytes = random(CallMemory.COPY_BYTES * 3 + 17);
        ByteBuf heap = Unpooled.wrappedBuffer(bytes);
        assertThat(pair.client().send(PieceList.of(heap))).isEqualTo(bytes.length);
        pair.server().receiveUntil(bytes.length);
        assertThat(pair.server().received()).isEqualTo(bytes);
        heap.release();
    }

    @Test
    void aBufferOfManyPartsArrives() throws Exception {
        byte[] bytes = random(1000);
        CompositeByteBuf parts = Unpooled.compositeBuffer(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            ByteBuf part = i % 2 == 0 ? Unpooled.directBuffer(1) : Unpooled.buffer(1);
            parts.addComponent(true, part.writeByte(bytes[i]));
        }
        ByteBuf direct = Unpooled.directBuffer(3).writeBytes(new byte[] {7, 8, 9});
        assertThat(pair.client().send(PieceList.of(direct, parts, direct.retain())))
                .isEqualTo(bytes.length + 6);
        pair.server().receiveUntil(bytes.length + 6);
        byte[] received = pair.server().received();
        assertThat(received).startsWith(7, 8, 9).endsWith(7, 8, 9);
        assertThat(received).containsSequence(bytes);
        parts.release();
        direct.release(2);
    }

    @Test
    void readOnlyBytesArrive() throws Exception {
        ByteBuf direct = Unpooled.directBuffer(3).writeBytes(new byte[] {1, 2, 3});
        ByteBuf heap = Unpooled.buffer(3).writeBytes(new byte[] {4, 5, 6});
        assertThat(pair.client().send(PieceList.of(direct.asReadOnly(), heap.asReadOnly())))
                .isEqualTo(6);
        pair.server().receiveUntil(6);
        assertThat(pair.server().received()).containsExactly(1, 2, 3, 4, 5, 6);
        direct.release();
        heap.release();
    }

    @Test
    void aSendTakesABoundedPartOfAFile(@TempDir Path folder) throws Exception {
        Path path = Files.write(folder.resolve("much"), new byte[MUCH]);
        try (FileRegion file = new FileRegion(FileChannel.open(path, StandardOpenOption.READ), 0, MUCH)) {
            assertThat(pair.client().socket().send(PieceList.of(file))).isBetween(1L, FileSender.MOST_BYTES);
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
