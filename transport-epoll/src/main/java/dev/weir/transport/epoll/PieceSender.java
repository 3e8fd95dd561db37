package dev.weir.transport.epoll;

import dev.weir.transport.FileRegion;
import dev.weir.transport.Pieces;
import dev.weir.transport.TransportException;
import io.netty.buffer.ByteBuf;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/**
 * Sends pieces with as few system calls as can be. Bytes in native memory go out from where they lie; others are copied. Owned by
 * one loop.
 */
final class PieceSender {
    /**
     * The most that is sent by a critical call, which holds off garbage collection: copying this takes some ten microseconds. What is
     * received is bounded by the loop's buffer, which is twice as much.
     */
    static final int MOST_CRITICAL_BYTES = 64 * 1024;

    private final CallMemory memory;
    private final FileSender files;
    private final ByteBuffer copies;
    private int filled;
    /** Where the next bytes are: a piece, and how many of its bytes are behind. */
    private int piece;

    private int offset;
    private boolean full;

    PieceSender(CallMemory memory) {
        this.memory = memory;
        this.files = new FileSender(memory);
        this.copies = memory.copies.asByteBuffer();
    }

    /** Whether the last send ended because the socket has no more room. */
    boolean hasFilled() {
        return full;
    }

    /**
     * Sends until everything or what the socket has room for is sent.
     *
     * @return the bytes sent, or a negated error number
     */
    long send(int fd, Pieces pieces) throws TransportException {
        piece = 0;
        offset = 0;
        full = false;
        int count = pieces.count();
        ByteBuf only = count == 1 ? pieces.bytes(0) : null;
        return only != null && only.hasMemoryAddress() && only.readableBytes() <= MOST_CRITICAL_BYTES
                ? sendOne(fd, only)
                : sendAll(fd, pieces, count);
    }

    /** What is usual: all that there is in one place. */
    private long sendOne(int fd, ByteBuf bytes) {
        int offered = bytes.readableBytes();
        long taken = critical(fd, bytes.memoryAddress() + bytes.readerIndex(), offered);
        full = taken < offered;
        return taken == -Headers.EAGAIN ? 0 : taken;
    }

    private long critical(int fd, long address, long bytes) {
        long taken;
        do {
            taken = Libc.send(memory.errno, fd, address, bytes, Headers.MSG_NOSIGNAL);
        } while (taken == -Headers.EINTR);
        return taken;
    }

    private long sendAll(int fd, Pieces pieces, int count) throws TransportException {
        long sent = 0;
        while (piece < count) {
            FileRegion file = pieces.file(piece);
            long offered = file != null ? file.remaining() : gather(pieces, count);
            long taken = file != null ? files.send(fd, file) : offer(fd, offered);
            if (taken == -Headers.EAGAIN) {
                full = true;
                return sent;
            }
            if (taken < 0) {
                return taken;
            }
            sent += taken;
            if (taken < offered) {
                full = file == null || files.hasFilled();
                return sent;
            }
            if (file != null) {
                next();
            }
        }
        return sent;
    }

    /** Sends files for all of this loop's connections. */
    FileSender files() {
        return files;
    }

    /** One call for what was gathered. */
    private long offer(int fd, long bytes) {
        if (bytes == 0) {
            return 0;
        }
        if (filled == 1 && bytes <= MOST_CRITICAL_BYTES) {
            return critical(fd, memory.buffers.get(ValueLayout.JAVA_LONG, 0), bytes);
        }
        memory.message.set(ValueLayout.JAVA_LONG, CallMemory.MSGHDR_IOVLEN, filled);
        long taken;
        do {
            taken = Libc.sendmsg(memory.errno, fd, memory.message.address(), Headers.MSG_NOSIGNAL);
        } while (taken == -Headers.EINTR);
        return taken;
    }

    /** Points to bytes from where the last call ended, up to the next file; answers how many. */
    private long gather(Pieces pieces, int count) {
        long bytes = 0;
        filled = 0;
        copies.clear();
        while (piece < count
                && filled < CallMemory.MOST_BUFFERS
                && copies.hasRemaining()
                && pieces.file(piece) == null) {
            ByteBuf buffer = pieces.bytes(piece);
            int left = buffer.readableBytes() - offset;
            int from = buffer.readerIndex() + offset;
            int added = left;
            if (left > 0 && buffer.hasMemoryAddress()) {
                point(buffer.memoryAddress() + from, left);
            } else if (left > 0) {
                added = Math.min(left, copies.remaining());
                point(memory.copies.address() + copies.position(), added);
                copies.limit(copies.position() + added);
                buffer.getBytes(from, copies);
                copies.limit(copies.capacity());
            }
            bytes += added;
            offset += added;
            if (added == left) {
                next();
            }
        }
        return bytes;
    }

    private void next() {
        piece++;
        offset = 0;
    }

    private void point(long address, long length) {
        MemorySegment buffers = memory.buffers;
        long at = (long) filled * CallMemory.IOVEC_BYTES;
        buffers.set(ValueLayout.JAVA_LONG, at, address);
        buffers.set(ValueLayout.JAVA_LONG, at + CallMemory.IOVEC_LENGTH, length);
        filled++;
    }
}
