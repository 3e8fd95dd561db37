package dev.weir.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.PieceList;
import dev.weir.testkit.Wire;
import dev.weir.transport.FileRegion;
import dev.weir.transport.ReceiveBuffer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a send does with buffers and files beside getting their bytes across. */
class PieceWriterTest {
    private static final int MUCH = 16 * 1024 * 1024;

    private Wire wire;
    private Wire.Pair pair;

    @BeforeEach
    void open() throws Exception {
        wire = new Wire(new NioTransport());
        pair = wire.connect();
    }

    @AfterEach
    void close() {
        wire.close();
    }

    @Test
    void heapBytesAreOfferedInBoundedParts() {
        ByteBuf heap = Unpooled.buffer(MUCH).writeZero(MUCH);
        ByteBuf direct = Unpooled.directBuffer(MUCH).writeZero(MUCH);
        PieceWriter writer = new PieceWriter();
        PieceList pieces = PieceList.of(heap, direct);
        writer.begin();
        int parts = MUCH / PieceWriter.MOST_HEAP_BYTES;
        for (int i = 0; i < parts; i++) {
            assertThat(writer.gather(pieces, 2)).isEqualTo(PieceWriter.MOST_HEAP_BYTES);
        }
        assertThat(writer.gather(pieces, 2)).isEqualTo(MUCH);
        heap.release();
        direct.release();
    }

    @Test
    void heapSpaceIsReceivedIntoInBoundedParts() throws Exception {
        int[] offered = {0};
        ByteBuf heap = new UnpooledHeapByteBuf(UnpooledByteBufAllocator.DEFAULT, MUCH, MUCH) {
            @Override
            public ByteBuffer internalNioBuffer(int index, int length) {
                offered[0] = length;
                return super.internalNioBuffer(index, length);
            }
        };
        pair.client().send((byte) 1);
        wire.until("the byte is received", () -> pair.server().socket().receive(new ReceiveBuffer(heap)) == 1);
        assertThat(offered[0]).isEqualTo(PieceWriter.MOST_HEAP_BYTES);
        heap.release();
    }

    @Test
    void emptyPartsOfABufferTakeNoPlace() throws Exception {
        CompositeByteBuf parts = Unpooled.compositeBuffer(200);
        for (int i = 0; i < 2 * PieceWriter.MOST_BUFFERS; i++) {
            parts.addComponent(true, i % 70 == 1 ? Unpooled.directBuffer(1).writeByte(i) : Unpooled.directBuffer(1));
        }
        assertThat(pair.client().send(PieceList.of(parts))).isEqualTo(2);
        pair.server().receiveUntil(2);
        assertThat(pair.server().received()).containsExactly(1, 71);
        parts.release();
    }

    @Test
    void aBufferThatAnotherHoldsTooKeepsItsOwnView() throws Exception {
        ByteBuf shared = Unpooled.directBuffer(10).writeZero(10).retain();
        ByteBuffer view = shared.internalNioBuffer(0, 10);
        assertThat(pair.client().socket().send(PieceList.of(shared))).isEqualTo(10);
        assertThat(view.remaining()).isEqualTo(10);
        shared.release(2);
    }

    @Test
    void aSendTakesABoundedPartOfAFile(@TempDir Path folder) throws Exception {
        Path path = Files.write(folder.resolve("much"), new byte[MUCH]);
        try (FileRegion file = new FileRegion(FileChannel.open(path, StandardOpenOption.READ), 0, MUCH)) {
            assertThat(pair.client().socket().send(PieceList.of(file))).isBetween(1L, PieceWriter.MOST_FILE_BYTES);
        }
    }
}
