package dev.weir.transport.nio;

import dev.weir.fault.Errno;
import dev.weir.transport.FileRegion;
import dev.weir.transport.Pieces;
import dev.weir.transport.TransportException;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/** Turns pieces into as few write calls as can be. Owned by one loop. */
final class PieceWriter {
    /** Buffers of one gathering write; well below IOV_MAX, 1024 on Linux (writev(2)). */
    static final int MOST_BUFFERS = 64;

    /** The JDK copies heap bytes into a direct buffer that it keeps for the thread; this bounds what it keeps. */
    static final int MOST_HEAP_BYTES = 256 * 1024;

    /** Bytes of a file in one send, so that a peer which reads as fast as we send does not hold up the loop. */
    static final long MOST_FILE_BYTES = 1024 * 1024;

    private final ByteBuffer[] buffers = new ByteBuffer[MOST_BUFFERS];
    private int filled;
    /** Where the next bytes are: a piece, and how many of its bytes are behind. */
    private int piece;

    private int offset;

    /** How many of {@code bytes} may be offered to one call of the JDK. */
    static int atMost(ByteBuf buffer, int bytes) {
        return buffer.isDirect() ? bytes : Math.min(bytes, MOST_HEAP_BYTES);
    }

    /** Writes until everything or what the socket has room for is written; answers the bytes written. */
    long write(SocketChannel channel, Pieces pieces) throws IOException {
        begin();
        long written = 0;
        int count = pieces.count();
        while (piece < count) {
            FileRegion file = pieces.file(piece);
            long offered = file != null ? file.remaining() : gather(pieces, count);
            long taken = file != null ? transfer(channel, file) : writeGathered(channel, offered);
            written += taken;
            if (taken < offered) {
                break;
            }
            if (file != null) {
                piece++;
            }
        }
        return written;
    }

    void begin() {
        piece = 0;
        offset = 0;
    }

    /** Fills the array from where the last one ended, up to the next file; answers the bytes in it. */
    long gather(Pieces pieces, int count) {
        long bytes = 0;
        int heapRoom = MOST_HEAP_BYTES;
        filled = 0;
        while (piece < count && filled < MOST_BUFFERS && heapRoom > 0 && pieces.file(piece) == null) {
            ByteBuf buffer = pieces.bytes(piece);
            int left = buffer.readableBytes() - offset;
            int some = buffer.isDirect() ? left : Math.min(left, heapRoom);
            int added = some == 0 ? 0 : add(buffer, buffer.readerIndex() + offset, some);
            bytes += added;
            heapRoom -= buffer.isDirect() ? 0 : added;
            offset += added;
            if (added == left) {
                piece++;
                offset = 0;
            }
        }
        return bytes;
    }

    /** Adds bytes to the array, fewer than asked if they lie in more parts than fit. */
    private int add(ByteBuf buffer, int index, int bytes) {
        if (buffer.nioBufferCount() == 1) {
            // The view that a buffer keeps for itself costs nothing, but is not to be shared with who else holds the
            // buffer.
            buffers[filled++] =
                    buffer.refCnt() == 1 ? buffer.internalNioBuffer(index, bytes) : buffer.nioBuffer(index, bytes);
            return bytes;
        }
        int added = 0;
        for (ByteBuffer part : buffer.nioBuffers(index, bytes)) {
            if (filled == MOST_BUFFERS) {
                break;
            }
            // Empty parts must not fill the array: a call that offers nothing would be made again and again.
            if (part.hasRemaining()) {
                buffers[filled++] = part;
                added += part.remaining();
            }
        }
        return added;
    }

    private long writeGathered(SocketChannel channel, long offered) throws IOException {
        try {
            if (offered == 0) {
                return 0;
            }
            return filled == 1 ? channel.write(buffers[0]) : channel.write(buffers, 0, filled);
        } finally {
            Arrays.fill(buffers, 0, filled, null);
        }
    }

    private static long transfer(SocketChannel channel, FileRegion file) throws IOException {
        if (file.remaining() == 0) {
            return 0;
        }
        long sent = file.channel().transferTo(file.position(), Math.min(file.remaining(), MOST_FILE_BYTES), channel);
        if (sent == 0 && file.position() >= file.channel().size()) {
            throw new TransportException(
                    Errno.EIO,
                    "the file ends at byte " + file.channel().size() + ", but " + file.remaining() + " bytes from byte "
                            + file.position() + " on were still to be sent; it was cut while it was sent");
        }
        return sent;
    }
}
