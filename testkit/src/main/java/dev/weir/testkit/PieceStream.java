package dev.weir.testkit;

import dev.weir.transport.FileRegion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/** A stream of bytes cut into pieces of every form, several to a send. Releases what it made when it is closed. */
final class PieceStream implements AutoCloseable {

    /** How the bytes of a piece are kept. */
    enum Form {
        DIRECT,
        HEAP,
        SLICE,
        COMPOSITE,
        FILE
    }

    /** One piece: its form, its length in bytes, and whether it is the last of its send. */
    record Piece(Form form, int length, boolean last) {}

    private final byte[] content;
    private final Path file;
    private final Iterator<Piece> pieces;
    private final List<Object> made = new ArrayList<>();
    private int offset;

    PieceStream(List<Piece> pieces) throws IOException {
        this.content = new byte[pieces.stream().mapToInt(Piece::length).sum()];
        new Random(content.length).nextBytes(content);
        this.file = Files.write(Files.createTempFile("weir", ".bytes"), content);
        this.pieces = pieces.iterator();
    }

    /** All bytes of the stream. */
    byte[] content() {
        return content;
    }

    /** What is to be sent next in one send; null after the last. */
    PieceList next() throws IOException {
        if (!pieces.hasNext()) {
            return null;
        }
        List<Object> send = new ArrayList<>();
        boolean last = false;
        while (!last && pieces.hasNext()) {
            Piece piece = pieces.next();
            send.add(piece(piece.form(), piece.length()));
            offset += piece.length();
            last = piece.last();
        }
        made.addAll(send);
        return new PieceList(send);
    }

    private Object piece(Form form, int length) throws IOException {
        return switch (form) {
            case DIRECT -> fill(Unpooled.directBuffer(Math.max(1, length)), length);
            case HEAP -> fill(Unpooled.buffer(length), length);
            case SLICE ->
                fill(Unpooled.directBuffer(length + 3).writeZero(3), length).skipBytes(3);
            case COMPOSITE -> composite(length);
            case FILE -> FileRegion.open(file, offset, length);
        };
    }

    private ByteBuf fill(ByteBuf buffer, int length) {
        return buffer.writeBytes(content, offset, length);
    }

    /** A hundred small parts, more than a gathering write takes, and a long one. */
    private ByteBuf composite(int length) {
        List<ByteBuf> parts = new ArrayList<>();
        int small = Math.min(100, length);
        for (int i = 0; i < small; i++) {
            parts.add(Unpooled.directBuffer(1).writeByte(content[offset + i]));
        }
        parts.add(Unpooled.copiedBuffer(content, offset + small, length - small));
        return Unpooled.wrappedBuffer(parts.size(), parts.toArray(ByteBuf[]::new));
    }

    @Override
    public void close() throws IOException {
        for (Object piece : made) {
            if (piece instanceof ByteBuf buffer) {
                buffer.release();
            } else if (piece instanceof FileRegion region) {
                region.close();
            }
        }
        Files.delete(file);
    }
}
