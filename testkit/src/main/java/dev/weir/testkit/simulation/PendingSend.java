package dev.weir.testkit.simulation;

import dev.weir.transport.FileRegion;
import dev.weir.transport.Pieces;
import dev.weir.transport.TransportException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/**
 * A send that goes on by itself. Its pieces must not be touched before it is reported; what was taken is compared with what is there
 * at the end.
 */
final class PendingSend {
    private record Pinned(ByteBuf buffer, int index, int offset, int count) {}

    private final ByteBuf taken = Unpooled.buffer();
    private final List<Pinned> pinned = new ArrayList<>();
    private final List<FileRegion> files = new ArrayList<>();
    private boolean submitted;

    PendingSend(Pieces pieces) throws TransportException {
        for (int i = 0; i < pieces.count(); i++) {
            ByteBuf bytes = pieces.bytes(i);
            if (bytes != null) {
                pinned.add(new Pinned(bytes, bytes.readerIndex(), taken.writerIndex(), bytes.readableBytes()));
                taken.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
            } else {
                files.add(pieces.file(i));
                FileReading.append(pieces.file(i), taken, Integer.MAX_VALUE);
            }
        }
    }

    /** The end of the turn hands it over. */
    void submit() {
        submitted = true;
    }

    boolean isSubmitted() {
        return submitted;
    }

    int size() {
        return taken.readableBytes();
    }

    /** Writes the first bytes, for which there is room. */
    void complete(KernelSocket into, int count) {
        checkUntouched();
        into.write(taken, 0, count);
    }

    /** Fails when something was done with the pieces since they were taken. */
    void checkUntouched() {
        for (Pinned piece : pinned) {
            if (piece.buffer.refCnt() == 0) {
                throw new AssertionError("a buffer of a pending send was released before the send was over");
            }
            if (piece.buffer.readerIndex() != piece.index || piece.buffer.readableBytes() != piece.count) {
                throw new AssertionError("a buffer of a pending send was read or written before the send was over");
            }
            if (!piece.buffer.slice(piece.index, piece.count).equals(taken.slice(piece.offset, piece.count))) {
                throw new AssertionError("a buffer of a pending send was changed before the send was over");
            }
        }
        for (FileRegion file : files) {
            if (!file.channel().isOpen()) {
                throw new AssertionError("a file of a pending send was closed before the send was over");
            }
        }
    }
}
