package dev.weir.testkit;

import dev.weir.transport.FileRegion;
import dev.weir.transport.Pieces;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** What a send is offered, as a list of buffers and file regions. */
public record PieceList(List<Object> pieces) implements Pieces {

    /** A list of {@link ByteBuf}s and {@link FileRegion}s. */
    public static PieceList of(Object... pieces) {
        return new PieceList(List.of(pieces));
    }

    @Override
    public int count() {
        return pieces.size();
    }

    @Override
    public ByteBuf bytes(int index) {
        return pieces.get(index) instanceof ByteBuf bytes ? bytes : null;
    }

    @Override
    public FileRegion file(int index) {
        return pieces.get(index) instanceof FileRegion file ? file : null;
    }

    /** Bytes that are not sent yet. */
    public long remaining() {
        return pieces.stream()
                .mapToLong(piece ->
                        piece instanceof FileRegion file ? file.remaining() : ((ByteBuf) piece).readableBytes())
                .sum();
    }

    /** Moves the pieces' indexes on, as a write queue does after a send. */
    public void advance(long bytes) {
        long left = bytes;
        for (Object piece : pieces) {
            if (piece instanceof ByteBuf buffer) {
                int taken = (int) Math.min(left, buffer.readableBytes());
                buffer.skipBytes(taken);
                left -= taken;
            } else if (piece instanceof FileRegion file) {
                long taken = Math.min(left, file.remaining());
                file.advance(taken);
                left -= taken;
            }
        }
        if (left != 0) {
            throw new AssertionError(
                    "a send says that it took " + bytes + " bytes, " + left + " more than it was offered");
        }
    }
}
