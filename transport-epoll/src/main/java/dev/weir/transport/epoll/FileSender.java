package dev.weir.transport.epoll;

import dev.weir.fault.Errno;
import dev.weir.transport.FileRegion;
import dev.weir.transport.TransportException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Sends parts of files. A JDK's channel hides its descriptor; so where the file's path is known the file is opened anew, and goes out
 * by sendfile(2), without being copied. Other files, and small parts of which it is not worth it, are read and sent. Owned by one
 * loop.
 */
final class FileSender {
    /** Bytes of a file in one send, so that a peer which reads as fast as we send does not hold up the loop. */
    static final long MOST_BYTES = 1024 * 1024;

    /** Below this, reading into the room for copies costs less than opening the file anew. */
    static final long LEAST_FOR_SENDFILE = CallMemory.COPY_BYTES;

    /** O_NONBLOCK: should a pipe have taken the file's name, it is not waited for. */
    private static final int FLAGS = Headers.O_RDONLY | Headers.O_CLOEXEC | Headers.O_NONBLOCK | Headers.O_NOCTTY;

    /** No number of bytes and no error number. */
    private static final long NOT_POSSIBLE = Long.MIN_VALUE;

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final CallMemory memory;
    private final ByteBuffer copies;
    private boolean full;
    private long sendfiles;

    FileSender(CallMemory memory) {
        this.memory = memory;
        this.copies = memory.copies.asByteBuffer();
    }

    /** Whether the last send ended because the socket has no more room. */
    boolean hasFilled() {
        return full;
    }

    /** How often sendfile(2) has sent something. For tests. */
    long sendfiles() {
        return sendfiles;
    }

    /**
     * Sends from a region's position on, without moving it.
     *
     * @return the bytes sent, 0 when the socket was full, or a negated error number
     * @throws TransportException EIO when the file ends where the region does not, or cannot be read
     */
    long send(int fd, FileRegion file) throws TransportException {
        full = false;
        long most = Math.min(file.remaining(), MOST_BYTES);
        if (most == 0) {
            return 0;
        }
        long sent = NOT_POSSIBLE;
        if (most >= LEAST_FOR_SENDFILE && file.source().isPresent()) {
            sent = sendFrom(fd, file, file.source().get(), most);
        }
        return sent == NOT_POSSIBLE ? copy(fd, file, most) : sent;
    }

    private long sendFrom(int fd, FileRegion file, FileRegion.Source source, long most) throws TransportException {
        int opened = open(source);
        if (opened < 0) {
            return NOT_POSSIBLE;
        }
        try {
            MemorySegment offset = memory.address;
            offset.set(ValueLayout.JAVA_LONG, 0, file.position());
            long sent;
            do {
                sent = Libc.sendfile(memory.errno, fd, opened, offset.address(), most);
            } while (sent == -Headers.EINTR);
            if (sent == 0) {
                throw endsEarly(file);
            }
            if (sent == -Headers.EAGAIN) {
                full = true;
                return 0;
            }
            sendfiles += sent > 0 ? 1 : 0;
            // A file system that cannot do it (sendfile(2)). Any other failure is the socket's, and is told once.
            return sent == -Headers.EINVAL || sent == -Headers.ENOSYS ? NOT_POSSIBLE : sent;
        } finally {
            Libc.close(opened);
        }
    }

    /** The file that the region has open, and not another that took its path; else less than 0. */
    private int open(FileRegion.Source source) {
        if (source.path().getFileSystem() != FileSystems.getDefault()) {
            return -1;
        }
        int opened;
        try (Arena arena = Arena.ofConfined()) {
            byte[] name = source.path().toString().getBytes(SocketAddresses.PATHS);
            MemorySegment path = arena.allocate(name.length + 1L);
            path.asByteBuffer().put(name);
            opened = Libc.open(memory.errno, path.address(), FLAGS);
        }
        if (opened >= 0 && !source.key().equals(key(opened))) {
            Libc.close(opened);
            return -1;
        }
        return opened;
    }

    private static Object key(int fd) {
        try {
            return Files.readAttributes(DESCRIPTORS.resolve(String.valueOf(fd)), BasicFileAttributes.class)
                    .fileKey();
        } catch (IOException e) {
            // No /proc: it cannot be told, so the bytes are copied.
            return null;
        }
    }

    private long copy(int fd, FileRegion file, long most) throws TransportException {
        long sent = 0;
        while (sent < most) {
            copies.clear().limit((int) Math.min(most - sent, copies.capacity()));
            int read = read(file, file.position() + sent);
            if (read <= 0) {
                if (sent == 0) {
                    throw endsEarly(file);
                }
                return sent;
            }
            long taken;
            do {
                taken = Libc.send(memory.errno, fd, memory.copies.address(), read, Headers.MSG_NOSIGNAL);
            } while (taken == -Headers.EINTR);
            if (taken < 0 && taken != -Headers.EAGAIN) {
                return taken;
            }
            sent += Math.max(0, taken);
            if (taken < read) {
                full = true;
                return sent;
            }
        }
        return sent;
    }

    private int read(FileRegion file, long position) throws TransportException {
        try {
            return file.channel().read(copies, position);
        } catch (IOException e) {
            throw new TransportException(Errno.EIO, "cannot read a file that is to be sent: " + e.getMessage());
        }
    }

    private static TransportException endsEarly(FileRegion file) {
        return new TransportException(
                Errno.EIO,
                "a file ends before byte " + file.position() + ", but " + file.remaining()
                        + " bytes from there on were still to be sent; it was cut while it was sent");
    }
}
