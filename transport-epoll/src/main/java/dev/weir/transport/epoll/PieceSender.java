package dev.weir.transport.epoll;

import dev.weir.fault.Errno;
import dev.weir.transport.FileRegion;
import dev.weir.transport.Pieces;
import dev.weir.transport.TransportException;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/**
 * Sends pieces with as few system calls as can be. Bytes in native memory go out from where they lie; others are copied. Owned by
 * one loop.
 */
final class PieceSender {
    /**
     * The most that is sent by a critical call, which holds off garbage collection: copying this takes some ten microseconds.
     */
    static final int MOST_CRITICAL_BYTES = 64 * 1024;

    /** Bytes of a file in one send, so that a peer which reads as fast as we send does not hold up the loop. */
    static final long MOST_FILE_BYTES = 1024 * 1024;

    private final CallMemory memory;
    private final ByteBuffer copies;
    private int filled;
    /** Where the next bytes are: a piece, and how many of its bytes are behind. */
    private int piece;

    private long offset;
    private boolean full;

    PieceSender(CallMemory memory) {
        this.memory = memory;
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
        long sent = 0;
        int count = pieces.count();
        while (piece < count) {
            FileRegion file = pieces.file(piece);
            long offered = file != null ? readFile(file) : gather(pieces, count);
            if (offered == 0) {
                continue;
            }
            if (offered < 0 && sent == 0) {
                throw endsEarly(file);
            }
            if (offered < 0) {
                return sent;
            }
            long taken = offer(fd, offered);
            if (taken == -Headers.EAGAIN) {
                full = true;
                return sent;
            }
            if (taken < 0) {
                return taken;
            }
            sent += taken;
            if (taken < offered) {
                full = true;
                return sent;
            }
            if (file != null && offset >= MOST_FILE_BYTES) {
                return sent;
            }
        }
        return sent;
    }

    /** One call for what was gathered. */
    private long offer(int fd, long bytes) {
        long taken;
        do {
            if (filled == 1 && bytes <= MOST_CRITICAL_BYTES) {
                taken = Libc.send(
                        memory.errno, fd, memory.buffers.get(ValueLayout.JAVA_LONG, 0), bytes, Headers.MSG_NOSIGNAL);
            } else {
                memory.message.set(ValueLayout.JAVA_LONG, CallMemory.MSGHDR_IOVLEN, filled);
                taken = Libc.sendmsg(memory.errno, fd, memory.message.address(), Headers.MSG_NOSIGNAL);
            }
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
            int left = buffer.readableBytes() - (int) offset;
            int from = buffer.readerIndex() + (int) offset;
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

    /** Reads the next bytes of a file; answers how many, less than 0 at the end of the file. */
    private long readFile(FileRegion file) throws TransportException {
        long left = file.remaining() - offset;
        if (left == 0) {
            next();
            return 0;
        }
        copies.clear().limit((int) Math.min(left, copies.capacity()));
        long position = file.position() + offset;
        try {
            int read = file.channel().read(copies, position);
            if (read < 0) {
                return read;
            }
            filled = 0;
            point(memory.copies.address(), read);
            offset += read;
            return read;
        } catch (IOException e) {
            throw TransportException.of(e);
        }
    }

    private static TransportException endsEarly(FileRegion file) {
        return new TransportException(
                Errno.EIO,
                "a file ends before byte " + file.position() + ", but " + file.remaining()
                        + " bytes from there on were still to be sent; it was cut while it was sent");
    }
}
